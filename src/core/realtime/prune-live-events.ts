import { inTransaction, type Pool } from '../database/pool.ts'

/** How long a console may be away and still catch up exactly. */
export const liveEventsKeptMs = 7 * 24 * 60 * 60 * 1000

/** Live events wait for every transaction that writes: so many at once, and never long. */
const mostAtOnce = 5_000

/** Removes what is older than `keptMs` and remembers where the stream now begins, so that older cursors are refused and not silently short. */
export async function pruneLiveEvents(pool: Pool, keptMs = liveEventsKeptMs, atOnce = mostAtOnce): Promise<number> {
  for (let pruned = 0; ; ) {
    const gone = await pruneSome(pool, keptMs, atOnce)
    pruned += gone
    if (gone < atOnce) return pruned
  }
}

/** From the beginning of the stream, by its index, so that where it begins only ever moves on. */
async function pruneSome(pool: Pool, keptMs: number, limit: number): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ transaction_id: string; id: string; count: number }>(
      `with gone as (delete from live_events where id in
           (select id from (select id, at from live_events order by transaction_id, id limit $2) oldest where at < now() - $1 * interval '1 millisecond')
         returning transaction_id, id)
       select transaction_id, id, (count(*) over ())::int as count from gone order by transaction_id desc, id desc limit 1`,
      [keptMs, limit],
    )
    const last = rows[0]
    if (last) {
      await tx.query(
        `insert into settings (name, value, updated_at) values ('live_events_floor', jsonb_build_object('cursor', $1::text), now())
         on conflict (name) do update set value = excluded.value, updated_at = now()`,
        [`${last.transaction_id}.${last.id}`],
      )
    }
    return last?.count ?? 0
  })
}
