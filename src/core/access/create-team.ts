import type { PrismaClient } from '../database/generated/client.ts'
import { newId } from '../database/id.ts'
import { type Caller, recordAudit } from './audit.ts'
import { insertTeam, readTeam, type TeamView } from './team-store.ts'

/** Throws `name_taken`; `invalid_request` for members who are no users. */
export async function createTeam(deps: { prisma: PrismaClient }, team: { name: string; memberIds: string[] }, caller: Caller): Promise<TeamView> {
  const id = newId()
  await insertTeam(deps, { id, ...team })
  await recordAudit(deps, caller, { action: 'team.created', subject: id, detail: team })
  return await readTeam(deps, id)
}
