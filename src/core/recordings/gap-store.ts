import { callNews } from '../calls/call-news.ts'
import type { Pool, Queryable } from '../database/pool.ts'
import { inTransaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'

/** Reason of a recording that was promised and of which nothing was heard any more. */
export const neverCame = 'never_came'

/** Recordings (`r`) that should be here and are not, as old as a vendor keeps its own: given up, or awaited long after their call (`k`) ended. */
export const gaps = `recordings r join calls k on k.id = r.call_id
  where r.created_at > now() - interval '31 days' and k.state = 'ended' and k.started_at < now() - interval '1 hour'
    and ((r.state = 'missing' and (r.ref is not null or r.reason = '${neverCame}')) or (r.state = 'expected' and r.next_attempt_at is null))`

/** What can be asked for by its name is tried once more, at once. */
export async function retryGaps(db: Queryable, channelId: string, lastAttempt: number): Promise<number> {
  const { rowCount } = await db.query(
    `update recordings set state = 'expected', attempts = case state when 'missing' then $2 else attempts end, next_attempt_at = now()
     where id in (select r.id from ${gaps} and r.channel_id = $1 and r.ref is not null order by r.created_at limit 1000)`,
    [channelId, lastAttempt],
  )
  return rowCount ?? 0
}

/** When the calls began whose recording has no name yet, the oldest first. */
export async function unnamedGaps(db: Queryable, channelId: string): Promise<Date[]> {
  const { rows } = await db.query<{ at: Date }>(
    `select k.started_at as at from ${gaps} and r.channel_id = $1 and r.ref is null order by 1 limit 1000`,
    [channelId],
  )
  return rows.map(({ at }) => at)
}

/** What was awaited for two days, though the vendor's list was read a day after its call (`hasList`), does not come any more; should it come, it is taken. */
export async function giveUpUnnamed(pool: Pool, channelId: string, hasList: boolean): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ callId: string }>(
      `update recordings set state = 'missing', reason = '${neverCame}' where id in (select r.id from ${gaps} and r.channel_id = $1 and r.ref is null
         and r.state = 'expected' and k.started_at < now() - interval '2 days'
         and (not $2 or exists (select from vendor_lists l where l.channel_id = $1 and l.read_at > k.started_at + interval '1 day')) limit 1000)
       returning call_id as "callId"`,
      [channelId, hasList],
    )
    await appendLiveEvents(tx, await callNews(tx, [...new Set(rows.map(({ callId }) => callId))]))
  })
}

/** How many recordings each channel lacks, and what came of asking its vendor's list. */
export async function readGapHealth(db: Queryable): Promise<Map<string, { missing: number; listError: string | null; listReadAt: Date | null }>> {
  const { rows } = await db.query<{ id: string; missing: number; listError: string | null; listReadAt: Date | null }>(
    `select c.id, coalesce(g.missing, 0) as missing, l.error as "listError", l.read_at as "listReadAt" from channels c
     left join (select r.channel_id, count(*)::int as missing from ${gaps} group by 1) g on g.channel_id = c.id
     left join vendor_lists l on l.channel_id = c.id where g.channel_id is not null or l.channel_id is not null`,
  )
  return new Map(rows.map(({ id, ...health }) => [id, health]))
}
