import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ChannelDirectory } from './channel-directory.ts'
import { type ChannelFacts, readChannelFacts, readFaults } from './channel-health-store.ts'
import { readChannel } from './channel-store.ts'

/** What to do, in the order in which it matters. The console has the words. */
export type ChannelAdvice =
  | 'settings_wrong'
  | 'sign_in_again'
  | 'connection_lost'
  | 'paused'
  | 'nothing_came'
  | 'refused'
  | 'parked'
  | 'behind'
  | 'unconfirmed'
  | 'failed'
  | 'quarantined'

export interface ChannelHealthPage extends Omit<ChannelFacts, 'lastDeliveryAt' | 'lastEntryAt'> {
  lastDeliveryAt: string | null
  lastEntryAt: string | null
  state: string
  /** In the vendor's or the connection's words, both languages. */
  error: { en: string; ru: string } | null
  advice: ChannelAdvice[]
  faults: { what: 'parked' | 'refused' | 'failed'; reason: string; count: number; lastAt: string; deliveryId: string | null }[]
}

/** Longer is not "at once". */
const slowSeconds = 60

/** One channel: when it was heard, how far it is behind, what went wrong, and what to do. Throws `not_found`. */
export async function readChannelHealth(deps: { pool: Pool; directory: ChannelDirectory }, id: string): Promise<ChannelHealthPage> {
  const [row, facts, faults] = await Promise.all([readChannel(deps.pool, id), readChannelFacts(deps.pool, id), readFaults(deps.pool, id)])
  if (!row) throw new CoreError('not_found')
  const settingsFault = deps.directory.byId(id)?.settingsFault
  const advice = advise(facts, { state: row.state, isPaused: row.pausedAt !== null, isBroken: settingsFault !== undefined })
  return {
    ...facts,
    lastDeliveryAt: facts.lastDeliveryAt?.toISOString() ?? null,
    lastEntryAt: facts.lastEntryAt?.toISOString() ?? null,
    state: row.pausedAt ? 'paused' : row.state === 'waiting' && facts.lastDeliveryAt ? 'ok' : row.state,
    error: row.stateDetail ?? (settingsFault === undefined ? null : { en: settingsFault, ru: settingsFault }),
    advice,
    faults: faults.map((fault) => ({ ...fault, lastAt: fault.lastAt.toISOString() })),
  }
}

/** Pure. */
export function advise(facts: ChannelFacts, channel: { state: string; isPaused: boolean; isBroken: boolean }): ChannelAdvice[] {
  const isQuiet = channel.state !== 'attention' && channel.state !== 'retrying' && !channel.isPaused
  const found: [boolean, ChannelAdvice][] = [
    [channel.isBroken, 'settings_wrong'],
    [channel.state === 'attention', 'sign_in_again'],
    [channel.state === 'retrying', 'connection_lost'],
    [channel.isPaused, 'paused'],
    [facts.refusedToday > 0, 'refused'],
    [facts.lastDeliveryAt === null && facts.refusedToday === 0 && isQuiet, 'nothing_came'],
    [facts.parked > 0, 'parked'],
    [facts.waitingSeconds > slowSeconds, 'behind'],
    [facts.unconfirmed > 0, 'unconfirmed'],
    [facts.failedToday > 0, 'failed'],
    [facts.quarantined > 0, 'quarantined'],
  ]
  return found.flatMap(([is, advice]) => (is ? [advice] : []))
}
