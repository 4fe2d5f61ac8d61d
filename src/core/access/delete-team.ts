import type { PrismaClient } from '../database/generated/client.ts'
import { CoreError } from '../errors.ts'
import { type Caller, recordAudit } from './audit.ts'
import { removeTeam } from './team-store.ts'

/** Its members stay users. Throws `not_found`. */
export async function deleteTeam(deps: { prisma: PrismaClient }, id: string, caller: Caller): Promise<void> {
  if (!(await removeTeam(deps, id))) throw new CoreError('not_found')
  await recordAudit(deps, caller, { action: 'team.deleted', subject: id })
}
