import type { PrismaClient } from '../database/generated/client.ts'
import { type Caller, recordAudit } from './audit.ts'
import { readTeam, saveTeam, type TeamView } from './team-store.ts'

/** Absent fields stay. Throws `not_found`, `name_taken`; `invalid_request` for members who are no users. */
export async function updateTeam(
  deps: { prisma: PrismaClient },
  change: { id: string; name?: string | undefined; memberIds?: string[] | undefined },
  caller: Caller,
): Promise<TeamView> {
  await saveTeam(deps, change.id, change)
  const team = await readTeam(deps, change.id)
  await recordAudit(deps, caller, { action: 'team.changed', subject: team.id, detail: { name: team.name, memberIds: team.memberIds } })
  return team
}
