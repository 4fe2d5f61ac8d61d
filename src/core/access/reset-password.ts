import type { AccessDeps } from './access-deps.ts'
import type { Caller } from './audit.ts'
import { changeUser } from './change-user.ts'
import { hashedPassword, temporaryPassword } from './password.ts'
import type { UserView } from './user.ts'
import { removeSecondFactor, removeSessions, savePassword } from './user-store.ts'

/** For who forgot his password or lost his telephone: a temporary password, no second factor, all sessions ended. Throws `not_found`. */
export async function resetPassword(deps: AccessDeps, id: string, caller: Caller): Promise<{ user: UserView; temporaryPassword: string }> {
  const password = temporaryPassword()
  const hash = await hashedPassword(password)
  const user = await changeUser(deps, caller, async (tx) => {
    await savePassword(tx, id, hash)
    await removeSecondFactor(tx, id)
    await removeSessions(tx, id)
    return { id, action: 'user.password_reset' }
  })
  return { user, temporaryPassword: password }
}
