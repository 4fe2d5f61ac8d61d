import type { Queryable } from '../database/pool.ts'

/** What came of asking a channel's vendor for its list; null: it was read. */
export async function noteVendorList(db: Queryable, channelId: string, error: string | null): Promise<void> {
  await db.query(
    `insert into vendor_lists (channel_id, asked_at, read_at, error) values ($1, now(), case when $2::text is null then now() end, $2)
     on conflict (channel_id) do update set asked_at = now(), read_at = coalesce(excluded.read_at, vendor_lists.read_at), error = excluded.error`,
    [channelId, error === null ? null : error.slice(0, 1000)],
  )
}
