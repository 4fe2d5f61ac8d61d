import { randomUUID } from 'node:crypto'
import type { Vault } from '../channels/vault.ts'
import type { Greeting } from '../connector/visitors.ts'
import { makeVisitorToken, readVisitorToken } from './visitor-token.ts'

const renewAfterMs = 24 * 60 * 60 * 1000

export interface OpenedSession {
  token: string
  /** His own id first. */
  ids: string[]
}

/**
 * Lets a visitor in: by the token he has, or as a new one. Whom his site has proven keeps, on this device, what he wrote before he was known; but never what another
 * proven person wrote here.
 */
export function openSession(vault: Vault, channelId: string, given: { token: string | undefined; greeting: Greeting; now: Date }): OpenedSession {
  const { greeting, now } = given
  const known = given.token === undefined ? undefined : readVisitorToken(vault, channelId, given.token, now)
  const ids = idsOf(known?.ids ?? [], greeting.visitorId)
  const isSame = known !== undefined && given.token !== undefined && known.ids.join() === ids.join()
  if (isSame && now.getTime() - known.issuedAt.getTime() < renewAfterMs) return { token: given.token ?? '', ids }
  return { token: makeVisitorToken(vault, channelId, { ids, issuedAt: now }), ids }
}

function idsOf(known: string[], proven: string | undefined): string[] {
  const [own] = known
  if (proven === undefined) return own === undefined ? [`v-${randomUUID()}`] : known
  if (own === proven) return known
  return [proven, ...known.filter((id) => !id.startsWith('u-')).slice(0, own?.startsWith('u-') ? 0 : 3)]
}
