import { implement } from '@orpc/server'
import { createUser } from '../../core/access/create-user.ts'
import { disableUser } from '../../core/access/disable-user.ts'
import { enableUser } from '../../core/access/enable-user.ts'
import { resetPassword } from '../../core/access/reset-password.ts'
import { updateUser } from '../../core/access/update-user.ts'
import { listUsers, readUser } from '../../core/access/user-store.ts'
import { handOverWork } from '../../core/routing/hand-over-work.ts'
import { countWork } from '../../core/routing/work-store.ts'
import { usersContract } from '../contract/users.ts'
import type { ApiContext } from './context.ts'

const os = implement(usersContract).$context<ApiContext>()

export const usersRoutes = os.router({
  list: os.list.handler(({ input, context }) => listUsers(context.deps, input)),
  get: os.get.handler(({ input, context }) => readUser(context.deps, input.id)),
  create: os.create.handler(({ input, context }) => createUser(context.deps, input, context)),
  update: os.update.handler(({ input, context }) => updateUser(context.deps, input, context)),
  disable: os.disable.handler(({ input, context }) => disableUser(context.deps, input.id, context)),
  enable: os.enable.handler(({ input, context }) => enableUser(context.deps, input.id, context)),
  work: os.work.handler(async ({ input, context }) => {
    await readUser(context.deps, input.id)
    return await countWork(context.deps.pool, input.id)
  }),
  handOver: os.handOver.handler(({ input: { id, ...to }, context }) => handOverWork(context.deps, { userId: id, ...to }, context)),
  resetPassword: os.resetPassword.handler(({ input, context }) => resetPassword(context.deps, input.id, context)),
})
