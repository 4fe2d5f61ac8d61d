import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { DeliveryStatus } from './delivery.ts'

/** What one delivery was read as. */
export interface DeliveryEventView {
  key: string
  kind: string
  status: 'applied' | 'ignored' | 'parked' | 'waiting' | 'quarantined' | 'superseded'
  reason: string | null
  entryId: string | null
}

/** A delivery in the outside shape; scripts rely on the names. Times are ISO 8601 UTC, `size` is bytes. */
export interface DeliveryView {
  id: string
  channelId: string
  status: DeliveryStatus
  reason: string | null
  receivedAt: string
  appliedAt: string | null
  attempts: number
  repeats: number
  replays: number
  size: number
  /** A test of whoever connects the channel; false: a person said that it is none. */
  test: boolean | null
  removedAt: string | null
  events: DeliveryEventView[]
}

interface Row extends Omit<DeliveryView, 'receivedAt' | 'appliedAt' | 'removedAt' | 'events'> {
  receivedAt: Date
  removedAt: Date | null
  appliedAt: Date | null
  events: DeliveryEventView[] | null
}

/** In the order of `ids`; ids that do not exist are left out. One query for all. */
export async function presentDeliveries(db: Queryable, ids: string[]): Promise<DeliveryView[]> {
  const { rows } = await db.query<Row>(
    `select d.id, d.channel_id as "channelId", d.status, d.reason, d.received_at as "receivedAt", d.applied_at as "appliedAt", d.attempts, d.repeats,
       d.replays, d.size, d.test, d.removed_at as "removedAt",
       (select json_agg(json_build_object('key', e.key, 'kind', e.kind, 'status', e.status, 'reason', e.reason, 'entryId', e.entry_id) order by e.position, e.key)
        from delivery_events e where e.delivery_id = d.id) as events
     from deliveries d where d.id = any($1::uuid[])`,
    [ids],
  )
  const byId = new Map(rows.map((row) => [row.id, present(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Throws `not_found`. */
export async function presentDelivery(db: Queryable, id: string): Promise<DeliveryView> {
  const [view] = await presentDeliveries(db, [id])
  if (!view) throw new CoreError('not_found', 'There is no such delivery.')
  return view
}

function present(row: Row): DeliveryView {
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
    events: row.events ?? [],
  }
}
