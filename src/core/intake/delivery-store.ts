import { inTransaction, type Pool, type Queryable } from '../database/pool.ts'
import { type ClaimedRow, claimedColumns, presentClaimed } from './claim-store.ts'
import type { ClaimedDelivery, DeliveryStatus, NewDelivery } from './delivery.ts'

/** NOTIFY channel on which other processes' appliers are woken. */
export const deliveriesTopic = 'deliveries_received'

/** Bodies and hashes come as one binary value each and are cut up here: as array elements they would travel and be parsed as text, twice as long. */
const insertSql = `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, body_file, size, sha256, status, received_at)
  select id, channel_id, dedupe_key, method, path, query, headers, substring($14::bytea from body_start for size), body_file, size,
    substring($15::bytea from hash_start for 32), status, received_at
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::int[], $9::text[], $10::int[], $11::int[], $12::text[], $13::timestamptz[])
    as given(id, channel_id, dedupe_key, method, path, query, headers, body_start, body_file, size, hash_start, status, received_at)
  on conflict (channel_id, dedupe_key) do nothing returning id`

/** Stores deliveries and the cursors they carry in one commit. A repeat of a known key only counts. */
export async function insertDeliveries(pool: Pool, deliveries: NewDelivery[]): Promise<void> {
  const cursors = deliveries.filter((delivery) => delivery.cursor !== undefined)
  if (cursors.length === 0) {
    const known = await insertRowsOf(pool, deliveries)
    if (known.length > 0) await countRepeats(pool, known)
    return
  }
  await inTransaction(pool, async (tx) => {
    await countRepeats(tx, await insertRowsOf(tx, deliveries))
    await tx.query(
      `insert into channel_state (channel_id, name, value, updated_at)
       select distinct on (channel_id, name) channel_id, name, value, now() from unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) as given(channel_id, name, value, position)
       order by channel_id, name, position desc on conflict (channel_id, name) do update set value = excluded.value, updated_at = now()`,
      [cursors.map((d) => d.channelId), cursors.map((d) => d.cursor?.name), cursors.map((d) => d.cursor?.value), cursors.map((_, index) => index)],
    )
  })
}

async function insertRowsOf(db: Queryable, deliveries: NewDelivery[]): Promise<NewDelivery[]> {
  const bodies = joinBodies(deliveries)
  const { rows } = await db.query<{ id: string }>({
    name: 'insert deliveries',
    text: insertSql,
    values: [
      deliveries.map((d) => d.id),
      deliveries.map((d) => d.channelId),
      deliveries.map((d) => d.dedupeKey),
      deliveries.map((d) => d.raw.method),
      deliveries.map((d) => d.raw.path),
      deliveries.map((d) => d.raw.query),
      deliveries.map((d) => JSON.stringify(d.raw.headers)),
      bodies.starts,
      deliveries.map((d) => d.bodyFile),
      deliveries.map((d) => d.raw.body.length),
      deliveries.map((_, index) => 1 + index * 32),
      deliveries.map((d) => d.status),
      deliveries.map((d) => d.receivedAt.toISOString()),
      bodies.bytes,
      Buffer.concat(deliveries.map((d) => d.sha256)),
    ],
  })
  if (rows.length === deliveries.length) return []
  const inserted = new Set(rows.map((row) => row.id))
  return deliveries.filter((delivery) => !inserted.has(delivery.id))
}

/** The bodies that live in rows, one behind the other, and where each starts, from 1; null: it is in a file. */
function joinBodies(deliveries: NewDelivery[]): { bytes: Buffer; starts: (number | null)[] } {
  let next = 1
  const starts = deliveries.map((delivery) => {
    if (delivery.bodyFile !== null) return null
    const start = next
    next += delivery.raw.body.length
    return start
  })
  return { bytes: Buffer.concat(deliveries.flatMap((delivery) => (delivery.bodyFile === null ? [delivery.raw.body] : []))), starts }
}

async function countRepeats(db: Queryable, known: NewDelivery[]): Promise<void> {
  await db.query(
    `update deliveries set repeats = repeats + times from (select channel_id, dedupe_key, count(*)::int as times
     from unnest($1::uuid[], $2::text[]) as given(channel_id, dedupe_key) group by 1, 2) as again
     where deliveries.channel_id = again.channel_id and deliveries.dedupe_key = again.dedupe_key`,
    [known.map((d) => d.channelId), known.map((d) => d.dedupeKey)],
  )
}

/** Reads one delivery for replay, whatever its status. */
export async function readDelivery(db: Queryable, id: string): Promise<(ClaimedDelivery & { status: DeliveryStatus }) | undefined> {
  const { rows } = await db.query<ClaimedRow & { status: DeliveryStatus }>(
    `select ${claimedColumns}, status from deliveries where id = $1 for update`,
    [id],
  )
  return rows[0] && { ...presentClaimed(rows[0]), status: rows[0].status }
}

/** Notes what became of deliveries; one that another worker settled meanwhile stays as it is, and what a person said of a test stands. */
export async function settleDeliveries(
  db: Queryable,
  settled: { id: string; status: DeliveryStatus; reason: string | null }[],
  tests: ReadonlySet<string> = new Set(),
): Promise<void> {
  await db.query({
    name: 'settle deliveries',
    text: `update deliveries set status = given.status, reason = given.reason, applied_at = now(), attempts = attempts + 1, alone_at = null, test = coalesce(test, given.is_test)
      from unnest($1::uuid[], $2::text[], $3::text[], $4::bool[]) as given(id, status, reason, is_test) where deliveries.id = given.id and deliveries.status = 'received'`,
    values: [
      settled.map((d) => d.id),
      settled.map((d) => d.status),
      settled.map((d) => d.reason),
      settled.map((d) => (tests.has(d.id) ? true : null)),
    ],
  })
}

/** Puts a delivery back into the queue's state, for a replay in the same transaction. */
export async function reopenDelivery(db: Queryable, id: string): Promise<void> {
  await db.query(`update deliveries set status = 'received', replays = replays + 1, attempts = 0, alone_at = null where id = $1`, [id])
}

/** Is anything stored that nobody has applied yet? */
export async function hasUnapplied(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    `select exists (select from deliveries where status = 'received' and alone_at is null)
      or exists (select from deliveries where status = 'received' and alone_at is not null) as found`,
  )
  return rows[0]?.found ?? false
}
