import type { Queryable } from '../database/pool.ts'
import { type Consent, consentMinutes } from './consent.ts'

/** Remembers a trip, and forgets those that nobody came back from. */
export async function insertConsent(db: Queryable, consent: Consent): Promise<void> {
  await db.query(
    `with expired as (delete from channel_consents where expires_at < now())
     insert into channel_consents (state_hash, channel_id, user_id, verifier, expires_at) values ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
    [consent.stateHash, consent.channelId, consent.userId, consent.verifier, consentMinutes],
  )
}

/** Takes a trip of this user out: it serves once, whatever becomes of it. Undefined for an unknown, used, expired or foreign one. */
export async function takeConsent(db: Queryable, stateHash: string, userId: string): Promise<Consent | undefined> {
  const { rows } = await db.query<Consent>(
    `delete from channel_consents where state_hash = $1 and user_id = $2 and expires_at > now()
     returning state_hash as "stateHash", channel_id as "channelId", user_id as "userId", verifier`,
    [stateHash, userId],
  )
  return rows[0]
}
