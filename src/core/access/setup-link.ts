import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Pool, Queryable } from '../database/pool.ts'
import { saveSetting } from './firm-store.ts'
import { countUsers } from './user-store.ts'

const settingName = 'setup_token'

/** Set-up is needed until there is a user. */
export async function isSetupNeeded(db: Queryable): Promise<boolean> {
  return (await countUsers(db)) === 0
}

/** A new one-time link to the set-up page, or undefined when there is a user already. Earlier links are void; only a hash of the token is kept. */
export async function ensureSetupLink({ pool, publicUrl }: { pool: Pool; publicUrl: string }): Promise<string | undefined> {
  if (!(await isSetupNeeded(pool))) return undefined
  const token = randomBytes(24).toString('base64url')
  await saveSetting(pool, settingName, { hash: hashed(token) })
  return `${publicUrl}/setup?token=${token}`
}

export async function isSetupToken(db: Queryable, token: string): Promise<boolean> {
  const { rows } = await db.query<{ hash: string | null }>(`select value ->> 'hash' as hash from settings where name = $1`, [settingName])
  const hash = rows[0]?.hash
  return typeof hash === 'string' && timingSafeEqual(Buffer.from(hash), Buffer.from(hashed(token)))
}

export async function removeSetupToken(db: Queryable): Promise<void> {
  await db.query('delete from settings where name = $1', [settingName])
}

function hashed(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
