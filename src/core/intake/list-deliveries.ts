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
  /** Absent: tests too, but for those that were taken off the cards again. */
  tests?: 'none' | 'only' | 'all' | undefined
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
  const { rows, nextCursor } = await pageOfDeliveries(pool, page)
  return {
    items: await presentDeliveries(
      pool,
      rows.map(({ id }) => id),
    ),
    nextCursor,
  }
}

export interface DeliveryPlace {
  id: string
  receivedAt: Date
}

/** Ids and times alone, newest first. */
export async function pageOfDeliveries(pool: Pool, page: DeliveryPage): Promise<{ rows: DeliveryPlace[]; nextCursor: string | null }> {
  const { rows } = await pool.query<DeliveryPlace>(
    `select d.id, d.received_at as "receivedAt" ${found(page)} order by d.received_at desc, d.id desc limit $10`,
    [...valuesOf(page, page.limit + 1), page.limit + 1],
  )
  const { items, nextCursor } = toPage(rows, page.limit, placeBehind)
  return { rows: items, nextCursor }
}

/** Where a page begins that follows this delivery. */
export function placeBehind(delivery: DeliveryPlace): string {
  return encodeCursor([delivery.receivedAt.toISOString(), delivery.id])
}

/** How many a filter leaves; of a search those among the newest 20 000. */
export async function countDeliveries(pool: Pool, filter: DeliveryFilter): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count ${found(filter)}`, valuesOf(filter, null))
  return rows[0]?.count ?? 0
}

/** SQL for each. */
const shownTests = { standing: 'removed_at is null', none: 'test is not true', only: 'test', all: 'true' }

/** Parameters $1 to $9. */
function found({ seenBy, tests }: DeliveryFilter): string {
  return `from (
       select id, received_at, dedupe_key, path, body from deliveries
       where ($1::timestamptz is null or (received_at, id) < ($1, $2::uuid)) and ($3::text is null or status = $3)
         and ($4::uuid is null or channel_id = $4) and ${seenBy ? visibleSources(seenBy, 'channel_id') : 'true'}
         and ($5::timestamptz is null or received_at >= $5) and ($6::timestamptz is null or received_at < $6) and ${shownTests[tests ?? 'standing']}
       order by received_at desc, id desc limit $8
     ) d
     where $7::text is null or position(convert_to($7, 'UTF8') in d.body) > 0 or d.dedupe_key = $7 or d.path = $7
       or exists (select from delivery_events e left join entries n on n.id = e.entry_id
         where e.delivery_id = d.id and (e.key = $7 or n.text ilike $9 or n.subject ilike $9 or n.from_value ilike $9))`
}

/** `most`: how many are looked at when there is no word to look for; null: all. */
function valuesOf(filter: DeliveryFilter & { cursor?: string | undefined }, most: number | null): unknown[] {
  const [at, id] = filter.cursor ? decodeCursor(filter.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : [null, null]
  const { status = null, channelId = null, from = null, until = null } = filter
  const word = filter.query?.trim() || null
  return [at, id, status, channelId, from, until, word, word === null ? most : mostSearched, word === null ? null : `%${escapeLike(word)}%`]
}
