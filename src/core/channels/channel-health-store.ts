import type { Queryable } from '../database/pool.ts'

export interface ChannelFacts {
  /** When something came last, and when something of it stood on a card last. */
  lastDeliveryAt: Date | null
  lastEntryAt: Date | null
  /** Of the last hundred: milliseconds from arrival until it stood on a card; null: nothing came. */
  lagMs: number | null
  longestLagMs: number | null
  today: number
  waiting: number
  waitingSeconds: number
  held: number
  parked: number
  quarantined: number
  refusedToday: number
  failedToday: number
  unconfirmed: number
}

/** Bounded by the indexes of each table: the last hundred deliveries, the last day, and what is open. */
export async function readChannelFacts(db: Queryable, channelId: string): Promise<ChannelFacts> {
  const { rows } = await db.query<ChannelFacts>(
    `with last as (select id, received_at, applied_at, replays from deliveries where channel_id = $1 order by received_at desc, id desc limit 100),
     lags as (select extract(epoch from applied_at - received_at) * 1000 as ms from last where applied_at is not null and replays = 0),
     open as (select status, count(*)::int as n, min(received_at) as since from open_deliveries where channel_id = $1 group by 1),
     sent as (select status, count(distinct entry_id)::int as n from outbox
       where channel_id = $1 and (status = 'unconfirmed' or (status = 'failed' and created_at > now() - interval '1 day')) group by 1)
     select (select max(received_at) from last) as "lastDeliveryAt",
       (select max(e.received_at) from entries e where e.delivery_id in (select id from last)) as "lastEntryAt",
       (select round(percentile_cont(0.5) within group (order by ms))::int from lags) as "lagMs", (select round(max(ms))::int from lags) as "longestLagMs",
       (select count(*)::int from deliveries where channel_id = $1 and received_at > now() - interval '1 day') as today,
       coalesce((select n from open where status = 'received'), 0) as waiting,
       coalesce((select extract(epoch from now() - since)::int from open where status = 'received'), 0) as "waitingSeconds",
       coalesce((select n from open where status = 'held'), 0) as held, coalesce((select n from open where status = 'parked'), 0) as parked,
       (select count(*)::int from quarantine where channel_id = $1 and released_at is null) as quarantined,
       (select count(*)::int from refusals where channel_id = $1 and at > now() - interval '1 day') as "refusedToday",
       coalesce((select n from sent where status = 'failed'), 0) as "failedToday", coalesce((select n from sent where status = 'unconfirmed'), 0) as unconfirmed`,
    [channelId],
  )
  const [row] = rows
  if (!row) throw new Error('the channel cannot be counted')
  return row
}

export interface FaultRow {
  what: 'parked' | 'refused' | 'failed'
  reason: string
  count: number
  lastAt: Date
  /** One of them, to be looked at: a delivery; null: there is none. */
  deliveryId: string | null
}

/** What went wrong within a week, by reason, the latest first. */
export async function readFaults(db: Queryable, channelId: string): Promise<FaultRow[]> {
  const { rows } = await db.query<FaultRow>(
    `select * from (
       select 'parked' as what, coalesce(reason, '') as reason, count(*)::int as count, max(received_at) as "lastAt", (array_agg(id order by received_at desc))[1] as "deliveryId"
       from open_deliveries where channel_id = $1 and status = 'parked' group by 2
       union all
       select 'refused', reason, count(*)::int, max(at), null from refusals where channel_id = $1 and at > now() - interval '1 day' group by 2
       union all
       select 'failed', coalesce(error ->> 'message', error ->> 'code', ''), count(distinct entry_id)::int, max(created_at), null
       from outbox where channel_id = $1 and status in ('failed', 'unconfirmed') and created_at > now() - interval '7 days' group by 2
     ) faults order by "lastAt" desc limit 20`,
    [channelId],
  )
  return rows
}
