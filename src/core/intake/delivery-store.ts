import { inTransaction, type Pool, type Queryable } from '../database/pool.ts'
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

interface ClaimedRow {
  id: string
  channel_id: string
  method: string
  path: string
  query: string
  headers: Record<string, string>
  body: Buffer | null
  body_file: string | null
  received_at: Date
  attempts: number
}

const columns = 'id, channel_id, method, path, query, headers, body, body_file, received_at, attempts'

/**
 * Claims deliveries nobody has tried yet, oldest first, at most `limit`. A claim lapses after a minute: whatever a dead worker held is taken over
 * by `claimSuspect`, one at a time, so that what kills workers is found out alone.
 */
export async function claimFresh(db: Queryable, worker: string, limit: number): Promise<ClaimedDelivery[]> {
  return await claim(db, 'claim fresh', 'attempts = 0', worker, limit)
}

/** Claims one delivery whose worker died or gave it back after a failure. */
export async function claimSuspect(db: Queryable, worker: string): Promise<ClaimedDelivery[]> {
  return await claim(db, 'claim suspect', 'attempts > 0 and (claim_until is null or claim_until < now())', worker, 1)
}

async function claim(db: Queryable, name: string, condition: string, worker: string, limit: number): Promise<ClaimedDelivery[]> {
  const { rows } = await db.query<ClaimedRow>({
    name,
    text: `update deliveries set claimed_by = $1, claim_until = now() + interval '60 seconds', attempts = attempts + 1
      where id = any (array(select id from deliveries where status = 'received' and ${condition} order by received_at, id limit $2 for update skip locked))
      returning ${columns}`,
    values: [worker, limit],
  })
  return rows.map(presentClaimed).sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1))
}

/** Reads one delivery for replay, whatever its status. */
export async function readDelivery(db: Queryable, id: string): Promise<(ClaimedDelivery & { status: DeliveryStatus }) | undefined> {
  const { rows } = await db.query<ClaimedRow & { status: DeliveryStatus }>(`select ${columns}, status from deliveries where id = $1 for update`, [id])
  return rows[0] && { ...presentClaimed(rows[0]), status: rows[0].status }
}

/** Gives claimed deliveries back after a passing fault: to be tried again at `afterMs`, without counting the attempt. */
export async function releaseClaims(db: Queryable, ids: string[], afterMs: number): Promise<void> {
  await db.query(
    `update deliveries set claimed_by = null, attempts = greatest(attempts - 1, 1), claim_until = now() + $2 * interval '1 millisecond'
     where id = any($1::uuid[]) and status = 'received'`,
    [ids, afterMs],
  )
}

/** Gives back whatever a worker still holds, as `releaseClaims` does: it lost the database and no longer knows what it had claimed. */
export async function releaseClaimsOf(db: Queryable, worker: string): Promise<void> {
  await db.query(
    `update deliveries set claimed_by = null, attempts = greatest(attempts - 1, 1), claim_until = null where status = 'received' and claimed_by = $1`,
    [worker],
  )
}

/** Notes what became of deliveries; one that another worker settled meanwhile stays as it is. */
export async function settleDeliveries(db: Queryable, settled: { id: string; status: DeliveryStatus; reason: string | null }[]): Promise<void> {
  await db.query({
    name: 'settle deliveries',
    text: `update deliveries set status = given.status, reason = given.reason, applied_at = now(), claimed_by = null, claim_until = null
      from unnest($1::uuid[], $2::text[], $3::text[]) as given(id, status, reason) where deliveries.id = given.id and deliveries.status = 'received'`,
    values: [settled.map((d) => d.id), settled.map((d) => d.status), settled.map((d) => d.reason)],
  })
}

function presentClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    id: row.id,
    channelId: row.channel_id,
    raw: { method: row.method, path: row.path, query: row.query, headers: row.headers, body: row.body ?? new Uint8Array() },
    bodyFile: row.body_file,
    receivedAt: row.received_at,
    attempts: row.attempts,
  }
}

/** Puts a delivery back into the queue's state, for a replay in the same transaction. */
export async function reopenDelivery(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update deliveries set status = 'received', replays = replays + 1, attempts = 1, claim_until = now() + interval '60 seconds' where id = $1`,
    [id],
  )
}

/** What the workers of a hub that is gone had claimed is free again at once. Only where this hub is the only one. */
export async function freeAllClaims(db: Queryable): Promise<void> {
  await db.query(`update deliveries set claim_until = null, claimed_by = null where status = 'received' and claim_until is not null`)
}

/** Is anything stored that nobody has applied yet? */
export async function hasUnapplied(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(`select exists (select from deliveries where status = 'received') as found`)
  return rows[0]?.found ?? false
}
