import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { visibleSources } from '../channels/visible-sources.ts'
import { escapeLike } from '../contacts/contact-query.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { DeliveryStatus } from './delivery.ts'
import { type DeliveryView, presentDeliveries } from './present-delivery.ts'

export interface DeliveryFilter {
  status?: DeliveryStatus | undefined
  channelId?: string | undefined
  /** ISO 8601: this moment and later. */
  from?: string | undefined
  /** Before this moment. */
  until?: string | undefined
  /** In the bytes as they came, in the vendor's key, or in what was read. */
  query?: string | undefined
  /** Only what came by channels whose deliveries he may see. */
  seenBy?: Actor | undefined
}

export interface DeliveryPage extends DeliveryFilter {
  cursor?: string | undefined
  limit: number
}

/** Bodies are not indexed: at most so many deliveries behind the cursor are looked through for a word. */
const mostSearched = 20_000

/** Newest first. A search looks through the newest 20 000 that the other filters leave. */
export async function listDeliveries({ pool }: { pool: Pool }, page: DeliveryPage): Promise<{ items: DeliveryView[]; nextCursor: string | null }> {
  const { ids, nextCursor } = await pageOfDeliveries(pool, page)
  return { items: await presentDeliveries(pool, ids), nextCursor }
}

/** Ids alone, newest first. */
export async function pageOfDeliveries(pool: Pool, page: DeliveryPage): Promise<{ ids: string[]; nextCursor: string | null }> {
  const [at, id] = page.cursor ? decodeCursor(page.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : [null, null]
  const word = page.query?.trim() || null
  const { rows } = await pool.query<{ id: string; receivedAt: Date }>(
    `select d.id, d.received_at as "receivedAt" from (
       select id, received_at, dedupe_key, path, body from deliveries
       where ($1::timestamptz is null or (received_at, id) < ($1, $2::uuid)) and ($3::text is null or status = $3)
         and ($4::uuid is null or channel_id = $4) and ${page.seenBy ? visibleSources(page.seenBy, 'channel_id') : 'true'}
         and ($5::timestamptz is null or received_at >= $5) and ($6::timestamptz is null or received_at < $6)
       order by received_at desc, id desc limit $8
     ) d
     where $7::text is null or position(convert_to($7, 'UTF8') in d.body) > 0 or d.dedupe_key = $7 or d.path = $7
       or exists (select from delivery_events e left join entries n on n.id = e.entry_id
         where e.delivery_id = d.id and (e.key = $7 or n.text ilike $9 or n.subject ilike $9 or n.from_value ilike $9))
     order by d.received_at desc, d.id desc limit $10`,
    [
      at,
      id,
      page.status ?? null,
      page.channelId ?? null,
      page.from ?? null,
      page.until ?? null,
      word,
      word === null ? page.limit + 1 : mostSearched,
      word === null ? null : `%${escapeLike(word)}%`,
      page.limit + 1,
    ],
  )
  const { items, nextCursor } = toPage(rows, page.limit, (row) => encodeCursor([row.receivedAt.toISOString(), row.id]))
  return { ids: items.map((row) => row.id), nextCursor }
}
