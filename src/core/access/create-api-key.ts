import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { AccessDeps } from './access-deps.ts'
import { actorId, type Role, type Scope } from './actor.ts'
import { hashApiKey, newApiKey, prefixOf } from './api-key.ts'
import { type ApiKeyView, insertApiKey, readApiKey } from './api-key-store.ts'
import { type Caller, recordAudit } from './audit.ts'

/** The key itself is in the answer and nowhere else. Throws `forbidden` when it would have more rights than who makes it. */
export async function createApiKey(
  deps: AccessDeps,
  wanted: { name: string; role: Role; scopes: Scope[] },
  caller: Caller,
): Promise<{ apiKey: ApiKeyView; key: string }> {
  if (caller.actor.role !== 'admin' && wanted.role !== caller.actor.role)
    throw new CoreError('forbidden', 'A key of another role is made by an administrator.')
  const key = newApiKey()
  const id = newId()
  await inTransaction(deps.pool, async (tx) => {
    await insertApiKey(tx, { id, ...wanted, hash: hashApiKey(key), prefix: prefixOf(key), createdBy: actorId(caller.actor) })
    await recordAudit(tx, caller, { action: 'api_key.created', subject: id, detail: wanted })
  })
  return { apiKey: await readApiKey(deps, id), key }
}
