import { inTransaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { AccessDeps } from './access-deps.ts'
import { type ApiKeyView, markRevoked, readApiKey } from './api-key-store.ts'
import { type Caller, recordAudit } from './audit.ts'
import { accessTopic } from './change-user.ts'

/** At once, its sockets included; twice is no error. Who is no administrator revokes his own. Throws `not_found`. */
export async function revokeApiKey(deps: AccessDeps, id: string, caller: Caller): Promise<ApiKeyView> {
  const key = await readApiKey(deps, id)
  if (caller.actor.role !== 'admin' && key.createdBy !== caller.actor.id) throw new CoreError('not_found')
  await inTransaction(deps.pool, async (tx) => {
    if (!(await markRevoked(tx, id))) return
    await recordAudit(tx, caller, { action: 'api_key.revoked', subject: id, detail: { name: key.name } })
    await tx.query('select pg_notify($1, $2)', [accessTopic, id])
  })
  return await readApiKey(deps, id)
}
