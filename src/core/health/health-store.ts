import type { Queryable } from '../database/pool.ts'
import type { QueueHealth, Silence } from './health.ts'

interface ChannelRow {
  id: string
  lastDeliveryAt: Date | null
  waiting: number
  waitingSeconds: number
  parked: number
}

/** What came and what waits, by channel. */
export async function readChannelRows(db: Queryable): Promise<ChannelRow[]> {
  const { rows } = await db.query<ChannelRow>(
    `select c.id, (select d.received_at from deliveries d where d.channel_id = c.id order by d.received_at desc, d.id desc limit 1) as "lastDeliveryAt",
       coalesce(w.waiting, 0) as waiting, coalesce(w.seconds, 0) as "waitingSeconds", coalesce(p.parked, 0) as parked
     from channels c
     left join (select channel_id, count(*)::int as waiting, extract(epoch from now() - min(received_at))::int as seconds from open_deliveries where status = 'received' group by 1) w on w.channel_id = c.id
     left join (select channel_id, count(*)::int as parked from open_deliveries where status = 'parked' group by 1) p on p.channel_id = c.id
     where c.deleted_at is null`,
  )
  return rows
}

/** Fewer in the same hours of former weeks are not missed. */
const leastExpected = 5
const weeks = 4
const leastWeeks = 2

/**
 * Sources that are silent: since the last delivery nothing came, although in the very same span of each of the former weeks (up to four, at least
 * two) something did, and five or more on average. A quiet night or Sunday was quiet in those weeks too. `now` is the moment of looking.
 */
export async function findSilences(db: Queryable, now: Date): Promise<Map<string, Silence>> {
  const { rows } = await db.query<{ id: string; since: Date; usual: number }>(
    `with last as (
       select c.id, greatest(l.at, $1::timestamptz - interval '7 days') as window_start, l.at,
         (select min(received_at) from deliveries d where d.channel_id = c.id) as first
       from channels c cross join lateral (select received_at as at from deliveries d where d.channel_id = c.id and received_at <= $1 order by received_at desc, id desc limit 1) l
       where c.deleted_at is null and c.paused_at is null),
     spans as (
       select last.id, week, (select count(*) from deliveries d where d.channel_id = last.id
         and d.received_at > window_start - week * interval '7 days' and d.received_at <= $1::timestamptz - week * interval '7 days') as count
       from last, generate_series(1, ${weeks}) week where first < window_start - week * interval '7 days')
     select last.id, last.at as since,
       round((select count(*) from deliveries d where d.channel_id = last.id and d.received_at > last.at - interval '28 days')
         / greatest(1, least(28, extract(epoch from last.at - last.first) / 86400)))::int as usual
     from last join spans on spans.id = last.id group by last.id, last.at, last.first
     having count(*) >= ${leastWeeks} and min(spans.count) > 0 and avg(spans.count) >= ${leastExpected}`,
    [now],
  )
  return new Map(rows.map((row) => [row.id, { since: row.since.toISOString(), usualPerDay: row.usual }]))
}

export async function readQueues(db: Queryable): Promise<QueueHealth> {
  const { rows } = await db.query<QueueHealth>(
    `select (select count(*)::int from open_deliveries where status = 'received') as received,
       coalesce((select extract(epoch from now() - min(received_at))::int from open_deliveries where status = 'received'), 0) as "oldestSeconds",
       (select count(*)::int from open_deliveries where status = 'held') as held, (select count(*)::int from open_deliveries where status = 'parked') as parked,
       (select count(*)::int from outbox where status = 'queued') as queued, (select count(*)::int from outbox where status = 'sending') as sending,
       (select count(distinct entry_id)::int from outbox where status = 'unconfirmed') as unconfirmed,
       (select count(distinct entry_id)::int from outbox where status = 'failed' and created_at > now() - interval '1 day') as "failedToday",
       (select count(*)::int from attachments where state = 'expected') as files`,
  )
  const [row] = rows
  if (!row) throw new Error('the queues cannot be counted')
  return row
}

export async function readServer(db: Queryable): Promise<{ version: string; bytes: number; clock: Date }> {
  const { rows } = await db.query<{ version: string; bytes: string; clock: Date }>(
    `select current_setting('server_version') as version, pg_database_size(current_database()) as bytes, clock_timestamp() as clock`,
  )
  return { version: rows[0]?.version ?? '', bytes: Number(rows[0]?.bytes ?? 0), clock: rows[0]?.clock ?? new Date() }
}

interface DaySize {
  day: string
  bytes: number
}

const historyDays = 30

/** Notes once a day how large the database is, and gives its growth over the days that are known, in bytes a day. */
export async function noteSize(db: Queryable, bytes: number, now: Date): Promise<number | null> {
  const day = now.toISOString().slice(0, 10)
  const { rows } = await db.query<{ value: { days: DaySize[] } }>(`select value from settings where name = 'disk_history'`)
  const days = (rows[0]?.value.days ?? []).filter((known) => known.day !== day).slice(1 - historyDays)
  if (!rows[0]?.value.days.some((known) => known.day === day)) {
    await db.query(
      `insert into settings (name, value, updated_at) values ('disk_history', $1, now()) on conflict (name) do update set value = excluded.value, updated_at = now()`,
      [JSON.stringify({ days: [...days, { day, bytes }] })],
    )
  }
  const [first] = days
  if (!first) return null
  return Math.round((bytes - first.bytes) / Math.max(1, (Date.parse(day) - Date.parse(first.day)) / 86_400_000))
}

export async function countErasures(db: Queryable): Promise<{ open: number; failed: number }> {
  const { rows } = await db.query<{ open: number; failed: number }>(
    `select count(*) filter (where status <> 'done')::int as open, count(*) filter (where status = 'failed')::int as failed from erasures`,
  )
  return rows[0] ?? { open: 0, failed: 0 }
}
