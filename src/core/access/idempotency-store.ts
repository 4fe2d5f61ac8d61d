import type { Queryable } from '../database/pool.ts'

export interface AnswerSlot {
  actor: string
  key: string
  route: string
  /** SHA-256 of the request, hex. */
  hash: string
}

export interface KeptAnswer {
  route: string
  hash: string
  /** Null: not finished. */
  status: number | null
  /** Sealed: answers may hold a key that is shown once. */
  body: string | null
}

/** Takes the key for this request, or gives what is there already. Keys older than a day are free again. */
export async function claimAnswer(db: Queryable, slot: AnswerSlot): Promise<KeptAnswer | undefined> {
  const claimed = await db.query(
    `insert into idempotency_keys as k (actor, key, route, hash) values ($1, $2, $3, $4)
     on conflict (actor, key) do update set route = excluded.route, hash = excluded.hash, status = null, body = null, created_at = now()
       where k.created_at < now() - interval '24 hours'`,
    [slot.actor, slot.key, slot.route, slot.hash],
  )
  if (claimed.rowCount === 1) return undefined
  const { rows } = await db.query<KeptAnswer & Record<string, unknown>>(
    'select route, hash, status, body from idempotency_keys where actor = $1 and key = $2',
    [slot.actor, slot.key],
  )
  return rows[0]
}

export async function keepAnswer(db: Queryable, slot: AnswerSlot, body: string): Promise<void> {
  await db.query('update idempotency_keys set status = 200, body = $3 where actor = $1 and key = $2', [slot.actor, slot.key, JSON.stringify(body)])
}

export async function forgetAnswer(db: Queryable, slot: AnswerSlot): Promise<void> {
  await db.query('delete from idempotency_keys where actor = $1 and key = $2 and status is null', [slot.actor, slot.key])
}
