import { z } from 'zod'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { DeliveryStatus } from './delivery.ts'
import { type DeliveryView, presentDeliveries } from './present-delivery.ts'

export interface DeliveryFilter {
  cursor?: string | undefined
  limit: number
  status?: DeliveryStatus | undefined
  channelId?: string | undefined
}

/** Newest first. */
export async function listDeliveries(
  { pool }: { pool: Pool },
  filter: DeliveryFilter,
): Promise<{ items: DeliveryView[]; nextCursor: string | null }> {
  const [at, id] = filter.cursor ? decodeCursor(filter.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : [null, null]
  const conditions = ['true']
  const values: unknown[] = [filter.limit + 1]
  const where = (condition: (place: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  if (at !== null) {
    values.push(at, id)
    conditions.push(`(received_at, id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`)
  }
  if (filter.status) where((place) => `status = ${place}`, filter.status)
  if (filter.channelId) where((place) => `channel_id = ${place}`, filter.channelId)
  const { rows } = await pool.query<{ id: string; receivedAt: Date }>(
    `select id, received_at as "receivedAt" from deliveries where ${conditions.join(' and ')} order by received_at desc, id desc limit $1`,
    values,
  )
  const page = toPage(rows, filter.limit, (row) => encodeCursor([row.receivedAt.toISOString(), row.id]))
  const items = await presentDeliveries(
    pool,
    page.items.map((row) => row.id),
  )
  return { items, nextCursor: page.nextCursor }
}
