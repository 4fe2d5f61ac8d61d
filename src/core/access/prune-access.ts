import type { Queryable } from '../database/pool.ts'

/** Removes what has run out: answers kept for Idempotency-Key and refusals after a day, sessions and sign-in codes at their own time. */
export async function pruneAccess(db: Queryable): Promise<void> {
  await db.query(`delete from idempotency_keys where created_at < now() - interval '24 hours'`)
  await db.query(`delete from refusals where at < now() - interval '24 hours'`)
  await db.query('delete from sessions where expires_at < now()')
  await db.query('delete from verifications where expires_at < now()')
}
