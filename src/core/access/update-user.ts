import type { AccessDeps } from './access-deps.ts'
import type { Caller } from './audit.ts'
import { changeUser } from './change-user.ts'
import type { UserChange, UserView } from './user.ts'
import { requireAnotherAdmin, saveUser } from './user-store.ts'

/** Throws `not_found`, `last_admin`; `invalid_request` for teams that do not exist. */
export async function updateUser(deps: AccessDeps, { id, ...change }: UserChange & { id: string }, caller: Caller): Promise<UserView> {
  return await changeUser(deps, caller, async (tx) => {
    if (change.role !== undefined && change.role !== 'admin') await requireAnotherAdmin(tx, id)
    await saveUser(tx, id, change)
    return { id, action: 'user.changed', detail: change }
  })
}
