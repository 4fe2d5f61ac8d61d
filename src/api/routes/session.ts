import { implement } from '@orpc/server'
import { readApiKey } from '../../core/access/api-key-store.ts'
import { readFirm } from '../../core/access/firm-store.ts'
import { updateUser } from '../../core/access/update-user.ts'
import { readUser } from '../../core/access/user-store.ts'
import { CoreError } from '../../core/errors.ts'
import { sessionContract } from '../contract/session.ts'
import { rightsOf } from '../policies/policy.ts'
import type { ApiContext } from './context.ts'

const os = implement(sessionContract).$context<ApiContext>()

export const sessionRoutes = os.router({
  get: os.get.handler(({ context }) => presentSession(context)),
  update: os.update.handler(async ({ input, context }) => {
    if (context.actor.kind !== 'user') throw new CoreError('forbidden', 'An API key has no profile.')
    await updateUser(context.deps, { ...input, id: context.actor.id }, context)
    return await presentSession(context)
  }),
})

async function presentSession({ actor, deps }: ApiContext) {
  const firm = await readFirm(deps.pool)
  const shared = { firm, rights: rightsOf(actor), publicUrl: deps.publicUrl }
  if (actor.kind === 'api_key') {
    const { id, name, role } = await readApiKey(deps, actor.id)
    const user = { id, name, role, email: null, ownClientsOnly: false, language: firm.language, twoFactor: false, teamIds: [] }
    return { kind: 'api_key' as const, user, ...shared }
  }
  return { kind: 'user' as const, user: await readUser(deps, actor.id), ...shared }
}
