import type { AccessDeps } from './access-deps.ts'
import type { Caller } from './audit.ts'
import { changeUser } from './change-user.ts'
import { readFirm } from './firm-store.ts'
import { hashedPassword, temporaryPassword } from './password.ts'
import type { Language, NewUser, UserView } from './user.ts'
import { insertUser } from './user-store.ts'

/** The password is shown to whoever made the user, once. Throws `email_taken`; `invalid_request` for teams that do not exist. */
export async function createUser(
  deps: AccessDeps,
  user: Omit<NewUser, 'passwordHash' | 'language'> & { language?: Language | undefined },
  caller: Caller,
): Promise<{ user: UserView; temporaryPassword: string }> {
  const password = temporaryPassword()
  const passwordHash = await hashedPassword(password)
  const language = user.language ?? (await readFirm(deps.pool)).language
  const view = await changeUser(deps, caller, async (tx) => {
    const id = await insertUser(tx, { ...user, language, passwordHash })
    return { id, action: 'user.created', detail: { email: user.email, role: user.role } }
  })
  return { user: view, temporaryPassword: password }
}
