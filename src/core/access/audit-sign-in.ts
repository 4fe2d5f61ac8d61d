import { createAuthMiddleware, isAPIError } from 'better-auth/api'
import type { Pool } from '../database/pool.ts'
import { nobody, systemActor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { callerIpHeader } from './caller-ip.ts'

const passwordPath = '/sign-in/email'
const changePath = '/change-password'
const secondFactorPath = /^\/two-factor\/verify-/

/** What better-auth tells its hooks of the request behind them. */
interface HookContext {
  path?: string | undefined
  headers?: Headers | undefined
}

/** Writes `user.signed_in` when a session is really given: with a second factor not before its code was right. */
export async function auditSignIn(pool: Pool, userId: string, context: HookContext | null): Promise<void> {
  const path = context?.path ?? ''
  const isElsewhere = path.startsWith('/callback/')
  if (path !== passwordPath && !isElsewhere && !secondFactorPath.test(path)) return
  const { rows } = await pool.query<{ name: string; twoFactor: boolean }>('select name, two_factor_enabled as "twoFactor" from users where id = $1', [
    userId,
  ])
  const [user] = rows
  if (!user || (!isElsewhere && user.twoFactor !== secondFactorPath.test(path))) return
  const actor = { ...systemActor, id: userId, kind: 'user' as const, name: user.name }
  await recordAudit(pool, { actor, ...callerIp(context) }, { action: 'user.signed_in', subject: userId })
}

/** Writes `user.password_changed`, and `user.sign_in_failed` with the e-mail that was tried: who guesses at the present password would be in. */
export function auditPasswords(pool: Pool) {
  return createAuthMiddleware(async (context) => {
    if (context.path !== passwordPath && context.path !== changePath && !secondFactorPath.test(context.path)) return
    if (!isAPIError(context.context.returned)) {
      if (context.path === changePath) await auditChange(pool, context.context.returned, context)
      return
    }
    const email: unknown = context.body?.email
    const detail = { path: context.path, ...(typeof email === 'string' ? { email: email.slice(0, 200) } : {}) }
    await recordAudit(pool, { actor: nobody, ...callerIp(context) }, { action: 'user.sign_in_failed', detail })
  })
}

async function auditChange(pool: Pool, returned: unknown, context: HookContext): Promise<void> {
  const { user } = returned as { user: { id: string; name: string } }
  const actor = { ...systemActor, id: user.id, kind: 'user' as const, name: user.name }
  await recordAudit(pool, { actor, ...callerIp(context) }, { action: 'user.password_changed', subject: user.id })
}

function callerIp(context: HookContext | null): { ip?: string } {
  const ip = context?.headers?.get(callerIpHeader)
  return ip ? { ip } : {}
}
