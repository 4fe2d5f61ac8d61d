import type { Queryable, Transaction } from '../database/pool.ts'
import type { ClaimedDelivery } from './delivery.ts'

export interface ClaimedRow {
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
  test: boolean | null
}

export const claimedColumns = 'id, channel_id, method, path, query, headers, body, body_file, received_at, attempts, test'

export function presentClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    id: row.id,
    channelId: row.channel_id,
    raw: { method: row.method, path: row.path, query: row.query, headers: row.headers, body: row.body ?? new Uint8Array() },
    bodyFile: row.body_file,
    receivedAt: row.received_at,
    attempts: row.attempts,
    isReal: row.test === false,
  }
}

/** Deliveries held by a transaction, and the database session it runs in. */
export interface Claim {
  deliveries: ClaimedDelivery[]
  session: number
}

/** Takes deliveries nobody has failed at yet, oldest first, at most `limit`: they are held until the transaction ends, however it ends. */
export async function claimFresh(tx: Transaction, limit: number): Promise<Claim> {
  return await claim(tx, 'claim fresh', 'alone_at is null order by received_at, id', limit)
}

/** Takes one delivery that failed together with others, or whose worker died. */
export async function claimAlone(tx: Transaction): Promise<Claim> {
  return await claim(tx, 'claim alone', 'alone_at <= now() order by alone_at, id', 1)
}

/** Takes those of these that still wait, whatever waits before them. */
export async function claimNamed(tx: Transaction, ids: string[]): Promise<Claim> {
  return await select(tx, { name: 'claim named', which: `id = any($1::uuid[]) and status = 'received' and alone_at is null`, values: [ids] })
}

async function claim(tx: Transaction, name: string, which: string, limit: number): Promise<Claim> {
  return await select(tx, { name, which: `status = 'received' and ${which} limit $1`, values: [limit] })
}

async function select(tx: Transaction, { name, which, values }: { name: string; which: string; values: unknown[] }): Promise<Claim> {
  const text = `select ${claimedColumns}, pg_backend_pid() as session from deliveries where ${which} for update skip locked`
  const { rows } = await tx.query<ClaimedRow & { session: number }>({ name, text, values })
  return { deliveries: rows.map(presentClaimed), session: rows[0]?.session ?? 0 }
}

/** One worker's loop: `process` is the same for all loops of one process. */
export interface Worker {
  id: string
  process: string
}

/**
 * Notes, outside of the transaction `session` that holds them, what a worker is about to apply; the next note takes its place, and what is settled by then
 * counts for nothing. Not synced to the disk: it has to outlive a worker, not the machine.
 */
export async function noteAttempt(db: Queryable, worker: Worker, session: number, deliveryIds: string[]): Promise<void> {
  await db.query({
    name: 'note attempt',
    text: `with quick as materialized (select set_config('synchronous_commit', 'off', true))
      insert into apply_attempts (worker, process, pid, at, delivery_ids) select $1, $2, $3, now(), $4 from quick
      on conflict (worker) do update set pid = excluded.pid, at = excluded.at, delivery_ids = excluded.delivery_ids`,
    values: [worker.id, worker.process, session, deliveryIds],
  })
}

/** The worker lives: what it tried did not end it. */
export async function forgetAttempt(db: Queryable, worker: Worker): Promise<void> {
  await db.query({ name: 'forget attempt', text: 'delete from apply_attempts where worker = $1', values: [worker.id] })
}

/**
 * Finds what workers of other processes were applying when they died: each of those deliveries is tried alone from now on, and counts one death
 * more. Gives how many there are.
 */
export async function takeOverAttempts(db: Queryable, process: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'take over attempts',
    text: `with dead as (delete from apply_attempts a where process <> $1
        and not exists (select from pg_stat_activity s where s.pid = a.pid and s.backend_start <= a.at) returning delivery_ids)
      update deliveries set attempts = attempts + 1, alone_at = now()
      where id in (select unnest(delivery_ids) from dead) and status = 'received'`,
    values: [process],
  })
  return rowCount ?? 0
}

/** From now on these are tried one at a time, not before `afterMs`. */
export async function tryAlone(db: Queryable, ids: string[], afterMs: number): Promise<void> {
  await db.query(`update deliveries set alone_at = now() + $2 * interval '1 millisecond' where id = any($1::uuid[]) and status = 'received'`, [
    ids,
    afterMs,
  ])
}
