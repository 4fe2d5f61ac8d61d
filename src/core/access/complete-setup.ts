import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { systemActor } from './actor.ts'
import { recordAudit } from './audit.ts'
import type { Firm } from './firm.ts'
import { saveFirm } from './firm-store.ts'
import { hashedPassword } from './password.ts'
import { isSetupNeeded, isSetupToken, removeSetupToken } from './setup-link.ts'
import { insertUser } from './user-store.ts'

const setupLock = 72707371

export interface Setup {
  token: string
  admin: { name: string; email: string; password: string }
  firm: Firm
}

/** Makes the first administrator and names the firm; of two at once one wins. Throws `setup_done`, `setup_link_invalid`, `weak_password`. */
export async function completeSetup({ pool }: { pool: Pool }, setup: Setup, ip: string): Promise<{ userId: string }> {
  return await inTransaction(pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [setupLock])
    if (!(await isSetupNeeded(tx))) throw new CoreError('setup_done')
    if (!(await isSetupToken(tx, setup.token))) throw new CoreError('setup_link_invalid')
    const passwordHash = await hashedPassword(setup.admin.password)
    const { name, email } = setup.admin
    const userId = await insertUser(tx, {
      name,
      email,
      role: 'admin',
      ownClientsOnly: false,
      language: setup.firm.language,
      teamIds: [],
      passwordHash,
    })
    await saveFirm(tx, setup.firm)
    await removeSetupToken(tx)
    await recordAudit(tx, { actor: systemActor, ip }, { action: 'setup.completed', subject: userId, detail: { email } })
    return { userId }
  })
}
