import type { OutgoingMessage } from '../../../../core/connector/outgoing.ts'

const hourMs = 60 * 60 * 1000

/** https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy: a day, seven with the permission Human Agent. */
export const replyWindow = { hours: 24, longer: { setting: 'humanAgent', hours: 7 * 24 } }

/**
 * Free words for a day after the client's last, a person's answer for seven with the permission; undefined: it is too late. Without knowing when he
 * wrote the vendor is to judge.
 */
export function windowOf({ sinceInboundMs, automatic }: OutgoingMessage, { humanAgent }: { humanAgent: boolean }): 'open' | 'late' | undefined {
  const { hours, longer } = replyWindow
  if (sinceInboundMs === undefined || sinceInboundMs <= hours * hourMs) return 'open'
  return humanAgent && !automatic && sinceInboundMs <= longer.hours * hourMs ? 'late' : undefined
}
