import { inTransaction, type Pool } from '../database/pool.ts'
import { systemActor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { readFirm, saveFirm } from './firm-store.ts'
import { hashedPassword } from './password.ts'
import { isSetupNeeded, removeSetupToken } from './setup-link.ts'
import { insertUser } from './user-store.ts'

/** For ADMIN_EMAIL and ADMIN_PASSWORD: the first administrator without the set-up page. Does nothing when there is a user. Throws `weak_password`. */
export async function ensureFirstAdmin({ pool }: { pool: Pool }, admin: { email: string; password: string }): Promise<void> {
  if (!(await isSetupNeeded(pool))) return
  const passwordHash = await hashedPassword(admin.password)
  await inTransaction(pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(72707371)')
    if (!(await isSetupNeeded(tx))) return
    const firm = await readFirm(tx)
    const name = admin.email.split('@')[0] ?? admin.email
    const user = { name, email: admin.email, role: 'admin' as const, ownClientsOnly: false, language: firm.language, teamIds: [], passwordHash }
    const id = await insertUser(tx, user)
    await saveFirm(tx, firm)
    await removeSetupToken(tx)
    await recordAudit(tx, { actor: systemActor }, { action: 'user.created', subject: id, detail: { email: admin.email, from: 'ADMIN_EMAIL' } })
  })
}
