import { inTransaction } from '../database/pool.ts'
import type { AccessDeps } from './access-deps.ts'
import { type Caller, recordAudit } from './audit.ts'
import { readTeam, saveTeam, type TeamView } from './team-store.ts'

/** Absent fields stay. Throws `not_found`, `name_taken`; `invalid_request` for members who are no users. */
export async function updateTeam(
  deps: AccessDeps,
  change: { id: string; name?: string | undefined; memberIds?: string[] | undefined },
  caller: Caller,
): Promise<TeamView> {
  const { id, ...detail } = change
  await inTransaction(deps.pool, async (tx) => {
    await saveTeam(tx, id, detail)
    await recordAudit(tx, caller, { action: 'team.changed', subject: id, detail })
  })
  return await readTeam(deps, id)
}
