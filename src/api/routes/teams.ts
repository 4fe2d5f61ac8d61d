import { implement } from '@orpc/server'
import { createTeam } from '../../core/access/create-team.ts'
import { deleteTeam } from '../../core/access/delete-team.ts'
import { listTeams, readTeam } from '../../core/access/team-store.ts'
import { updateTeam } from '../../core/access/update-team.ts'
import { teamsContract } from '../contract/teams.ts'
import type { ApiContext } from './context.ts'

const os = implement(teamsContract).$context<ApiContext>()

export const teamsRoutes = os.router({
  list: os.list.handler(({ input, context }) => listTeams(context.deps, input)),
  create: os.create.handler(({ input, context }) => createTeam(context.deps, input, context)),
  get: os.get.handler(({ input, context }) => readTeam(context.deps, input.id)),
  update: os.update.handler(({ input, context }) => updateTeam(context.deps, input, context)),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteTeam(context.deps, input.id, context)
    return {}
  }),
})
