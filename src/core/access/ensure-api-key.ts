import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { systemActor } from './actor.ts'
import { hashApiKey, prefixOf } from './api-key.ts'
import { insertApiKey } from './api-key-store.ts'
import { recordAudit } from './audit.ts'

/** For ADMIN_API_KEY: this key exists, with all rights. One that was revoked stays revoked. */
export async function ensureApiKey({ pool }: { pool: Pool }, key: string): Promise<void> {
  const id = newId()
  const isNew = await insertApiKey(pool, {
    id,
    name: 'ADMIN_API_KEY',
    hash: hashApiKey(key),
    prefix: prefixOf(key),
    role: 'admin',
    scopes: [],
    createdBy: null,
  })
  if (isNew) await recordAudit(pool, { actor: systemActor }, { action: 'api_key.created', subject: id, detail: { from: 'ADMIN_API_KEY' } })
}
