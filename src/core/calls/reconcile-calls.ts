import { askHistory, type ReconcileDeps } from './ask-history.ts'

/** State of a channel: up to when its vendor's statistics have been asked for. */
const reconciledState = 'core.reconciled-until'
const hourMs = 3_600_000
/** Calls that ran when they were asked for last have their final record now. */
const overlapMs = 6 * hourMs
const firstMs = 24 * hourMs
const furthestMs = 31 * 24 * hourMs

/**
 * Asks a channel's vendor for the calls since it was asked last, so that what no event told is there: calls, their ends, their recordings.
 * Throws ConnectorError when it is worth another try.
 */
export async function reconcileCalls(deps: ReconcileDeps, channelId: string): Promise<void> {
  const hub = deps.hubOf(channelId)
  const to = hub.clock.now()
  const before = Date.parse((await hub.state.get(reconciledState)) ?? '')
  const since = Number.isNaN(before) ? to.getTime() - firstMs : before - overlapMs
  const from = new Date(Math.max(since, to.getTime() - furthestMs))
  if (await askHistory(deps, channelId, { from, to })) await hub.state.set(reconciledState, to.toISOString())
}
