import type { AccessDeps } from './access-deps.ts'
import type { Caller } from './audit.ts'
import { changeUser } from './change-user.ts'
import type { UserView } from './user.ts'
import { markDisabled, removeSessions, requireAnotherAdmin } from './user-store.ts'

/** Out at once: his sessions end with this transaction, his sockets at the next beat. What he did stays his. Throws `not_found`, `last_admin`. */
export async function disableUser(deps: AccessDeps, id: string, caller: Caller): Promise<UserView> {
  return await changeUser(deps, caller, async (tx) => {
    await requireAnotherAdmin(tx, id)
    await markDisabled(tx, id, true)
    await removeSessions(tx, id)
    return { id, action: 'user.disabled' }
  })
}
