import type { Actor } from '../access/actor.ts'
import { whyNoLinks } from '../attachments/public-link.ts'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Limits, Localised } from '../connector/manifest.ts'
import { requireConversation } from '../conversations/conversation-store.ts'
import type { Pool } from '../database/pool.ts'
import { readLastInbound } from './message-store.ts'

const hourMs = 3_600_000

/** What may be written in one conversation right now, for the composer to say before anything is sent. */
export interface ComposerLimits {
  textLength: number | null
  textCounts: 'characters' | 'bytes'
  attachmentBytes: number | null
  /** As `image/*` or `image/png`; null: all. */
  attachmentTypes: string[] | null
  /** Ready answers under a message; null: the channel has none. */
  buttons: { count: number; length: number } | null
  /** Why no file can go at all. */
  noFiles: Localised | null
  /** Null: free words get through at any time. `closesAt`: ISO 8601 UTC; null: the client has never written here. */
  window: { closesAt: string | null; templates: boolean } | null
}

/** Throws `not_found`. */
export async function readComposerLimits(
  deps: { pool: Pool; directory: ChannelDirectory; publicUrl: string },
  actor: Actor,
  conversationId: string,
): Promise<ComposerLimits> {
  const { channelId, medium } = await requireConversation(deps.pool, actor, conversationId)
  const channel = deps.directory.byId(channelId)
  const limits = channel?.connector.manifest.limits ?? {}
  const hours = channel && windowHours(limits, channel, medium)
  const lastInboundAt = hours === undefined ? undefined : await readLastInbound(deps.pool, conversationId)
  const closesAt = hours !== undefined && lastInboundAt ? new Date(lastInboundAt.getTime() + hours * hourMs).toISOString() : null
  return {
    textLength: limits.textLength ?? null,
    textCounts: limits.textCounts ?? 'characters',
    attachmentBytes: limits.attachmentBytes ?? null,
    attachmentTypes: limits.attachmentTypes ?? null,
    buttons: limits.buttons ?? null,
    noFiles: (limits.filesByLink && whyNoLinks(deps.publicUrl)) || null,
    window: hours === undefined ? null : { closesAt, templates: channel?.connector.listTemplates !== undefined },
  }
}

/** The longer window holds for what people write, and in the composer it is always a person. */
function windowHours({ window }: Limits, { settings }: LoadedChannel, medium: string): number | undefined {
  if (window?.medium !== undefined && window.medium !== medium) return undefined
  const longer = window?.longer
  const isLonger = longer !== undefined && typeof settings === 'object' && settings !== null && Reflect.get(settings, longer.setting) === true
  return isLonger ? longer.hours : window?.hours
}
