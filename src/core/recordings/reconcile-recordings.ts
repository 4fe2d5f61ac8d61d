import { askHistory, type ReconcileDeps } from '../calls/ask-history.ts'
import type { HistoryRange } from '../connector/calling.ts'
import type { Pool } from '../database/pool.ts'
import { lastAttempt } from './fetch-recording.ts'
import { giveUpUnnamed, retryGaps, unnamedGaps } from './gap-store.ts'

const hourMs = 3_600_000
/** A call's recording stands in the list at its beginning or its end. */
const marginMs = { before: hourMs, after: 6 * hourMs }
const mostRanges = 10

/**
 * Heals the gaps among the recordings of a channel: what has a name at the vendor is tried once more, of what has none the vendor's list is asked, and what the
 * list does not have is given up, with its reason. Does nothing where nothing is missing. Throws ConnectorError when asking is worth another try.
 */
export async function reconcileRecordings(deps: ReconcileDeps & { pool: Pool }, channelId: string): Promise<void> {
  const { connector } = deps.directory.byId(channelId) ?? {}
  if (!connector?.fetchMedia) return
  await giveUpUnnamed(deps.pool, channelId, connector.history !== undefined)
  await retryGaps(deps.pool, channelId, lastAttempt)
  for (const range of rangesOf(await unnamedGaps(deps.pool, channelId))) {
    if (!(await askHistory(deps, channelId, range))) return
  }
}

/** As few times as cover the calls, which are in their order; many become one, for a vendor answers few questions a minute. */
export function rangesOf(calls: readonly Date[]): HistoryRange[] {
  const ranges: HistoryRange[] = []
  for (const at of calls) {
    const [from, to] = [new Date(at.getTime() - marginMs.before), new Date(at.getTime() + marginMs.after)]
    const last = ranges.at(-1)
    if (last && from <= last.to) last.to = to
    else ranges.push({ from, to })
  }
  const [first, last] = [ranges[0], ranges.at(-1)]
  return first && last && ranges.length > mostRanges ? [{ from: first.from, to: last.to }] : ranges
}
