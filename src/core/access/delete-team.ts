import { inTransaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { AccessDeps } from './access-deps.ts'
import { type Caller, recordAudit } from './audit.ts'
import { removeTeam } from './team-store.ts'

/** Its members stay users. Throws `not_found`. */
export async function deleteTeam(deps: AccessDeps, id: string, caller: Caller): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    if (!(await removeTeam(tx, id))) throw new CoreError('not_found')
    await recordAudit(tx, caller, { action: 'team.deleted', subject: id })
  })
}
