import { implement } from '@orpc/server'
import { changeOptOut } from '../../core/consents/change-opt-out.ts'
import { readConsents } from '../../core/consents/opt-out-store.ts'
import { requireCard } from '../../core/contacts/visible-contacts.ts'
import { optOutsContract } from '../contract/opt-outs.ts'
import type { ApiContext } from './context.ts'

const os = implement(optOutsContract).$context<ApiContext>()

export const optOutsRoutes = os.router({
  get: os.get.handler(async ({ input, context: { deps, actor } }) => readConsents(deps.pool, await requireCard(deps.pool, actor, input.id))),
  set: os.set.handler(({ input, context }) => changeOptOut(context.deps, { contactId: input.id, isOut: input.isOut }, context)),
})
