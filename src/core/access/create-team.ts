import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import type { AccessDeps } from './access-deps.ts'
import { type Caller, recordAudit } from './audit.ts'
import { insertTeam, readTeam, type TeamView } from './team-store.ts'

/** Throws `name_taken`; `invalid_request` for members who are no users. */
export async function createTeam(deps: AccessDeps, team: { name: string; memberIds: string[] }, caller: Caller): Promise<TeamView> {
  const id = newId()
  await inTransaction(deps.pool, async (tx) => {
    await insertTeam(tx, { id, ...team })
    await recordAudit(tx, caller, { action: 'team.created', subject: id, detail: team })
  })
  return await readTeam(deps, id)
}
