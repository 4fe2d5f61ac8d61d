import { implement } from '@orpc/server'
import { listApiKeys } from '../../core/access/api-key-store.ts'
import { createApiKey } from '../../core/access/create-api-key.ts'
import { revokeApiKey } from '../../core/access/revoke-api-key.ts'
import { apiKeysContract } from '../contract/api-keys.ts'
import type { ApiContext } from './context.ts'

const os = implement(apiKeysContract).$context<ApiContext>()

/** Administrators see all keys, everybody else those he made. */
export const apiKeysRoutes = os.router({
  list: os.list.handler(({ input, context: { actor, deps } }) =>
    listApiKeys(deps, actor.role === 'admin' ? input : { ...input, createdBy: actor.id }),
  ),
  create: os.create.handler(({ input, context }) => createApiKey(context.deps, input, context)),
  revoke: os.revoke.handler(({ input, context }) => revokeApiKey(context.deps, input.id, context)),
})
