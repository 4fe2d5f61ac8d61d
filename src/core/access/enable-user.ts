import type { AccessDeps } from './access-deps.ts'
import type { Caller } from './audit.ts'
import { changeUser } from './change-user.ts'
import type { UserView } from './user.ts'
import { markDisabled } from './user-store.ts'

/** Throws `not_found`. */
export async function enableUser(deps: AccessDeps, id: string, caller: Caller): Promise<UserView> {
  return await changeUser(deps, caller, async (tx) => {
    await markDisabled(tx, id, false)
    return { id, action: 'user.enabled' }
  })
}
