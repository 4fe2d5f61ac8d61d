import type { api } from '../../api/client.ts'

export type CallItem = Awaited<ReturnType<typeof api.calls.list>>['items'][number]

/** What a call is for the person at this console: his own card, a strip beside others, what is left to write of it, or nothing. */
export type RingKind = 'card' | 'strip' | 'wrap' | 'none'

/** After this a call that ended is history: its result can be written there. */
const wrapMs = 30 * 60_000

/**
 * A telephone that rings alone, or was picked up, opens the card; a group gives a strip to all whom it rings, and, where the PBX rings phones that nobody
 * has been given, to everybody. A call between phones of ours opens nothing.
 */
export function ringKind(call: CallItem, userId: string, now: number): RingKind {
  if (call.direction === 'internal') return 'none'
  const isMine = call.userId === userId
  if (call.state === 'ended') {
    const isFresh = call.endedAt !== null && now - Date.parse(call.endedAt) < wrapMs
    return isMine && call.outcome === 'answered' && call.wrappedUpAt === null && isFresh ? 'wrap' : 'none'
  }
  const here = call.legs.filter(({ state }) => state !== 'left')
  if (here.some((leg) => leg.userId === userId && leg.state !== 'ringing')) return 'card'
  if (call.state === 'talking') return isMine ? 'card' : 'none'
  if (call.direction === 'outbound') return isMine ? 'card' : 'none'
  const ringing = here.filter(({ state }) => state === 'ringing')
  if (ringing.some((leg) => leg.userId === userId)) return ringing.length === 1 ? 'card' : 'strip'
  return ringing.every((leg) => leg.userId === null) ? 'strip' : 'none'
}
