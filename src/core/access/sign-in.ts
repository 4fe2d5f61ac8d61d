import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { APIError } from 'better-auth/api'
import { toNodeHandler } from 'better-auth/node'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Logger } from '../connector/hub.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import type { PrismaClient } from '../database/prisma.ts'
import type { Actor } from './actor.ts'
import { auditPasswords, auditSignIn } from './audit-sign-in.ts'
import { callerIpHeader } from './caller-ip.ts'
import { minPasswordLength } from './password.ts'
import { type Elsewhere, linkElsewhere, signInElsewhere } from './sign-in-elsewhere.ts'
import { createThrottle } from './throttle.ts'
import { userActor } from './user.ts'

/** Sign-in by e-mail, password and TOTP, and the sessions that follow. */
export interface SignIn {
  /** Serves /api/auth/*. The caller has set `callerIpHeader` and checked the Origin. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Who holds the session cookie; undefined for none, an expired one, or a user who is switched off. */
  /** Whether the firm's own sign-in service may be used. */
  hasElsewhere: boolean
  currentSession(headers: Headers): Promise<{ actor: Actor; sessionId: string } | undefined>
}

interface Deps {
  prisma: PrismaClient
  pool: Pool
  publicUrl: string
  /** Signs cookies and encrypts TOTP secrets; derived from SECRET_KEY: `vault.mac('sign-in', 'secret')`. */
  secret: string
  logger: Logger
  /** A sign-in service of the firm, beside passwords. */
  elsewhere?: Elsewhere | undefined
}

/** Tries per minute and address: enough for the morning of an office behind one address, far too few for guessing. */
const slow = { window: 60, max: 20 }

export function createSignIn(deps: Deps): SignIn {
  const { prisma, elsewhere } = deps
  const plugins = [twoFactor({ issuer: 'Switchboard' }), ...(elsewhere ? [signInElsewhere(elsewhere)] : [])]
  const auth = betterAuth({ ...optionsOf(deps), plugins })
  const nodeHandler = toNodeHandler(auth)
  return {
    hasElsewhere: elsewhere !== undefined,
    handle: (request, response) => nodeHandler(request, response),
    async currentSession(headers) {
      const found = await auth.api.getSession({ headers })
      const user = found && (await prisma.user.findUnique({ where: { id: found.user.id } }))
      return user && !user.disabledAt ? { actor: userActor(user), sessionId: found.session.id } : undefined
    },
  }
}

function optionsOf({ prisma, pool, publicUrl, secret, logger }: Deps) {
  const throttle = createThrottle()
  return {
    appName: 'Switchboard',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength: 200 },
    account: linkElsewhere,
    session: { expiresIn: 14 * 24 * 3600, updateAge: 24 * 3600 },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': slow, '/sign-in/social': slow, '/change-password': slow, '/two-factor/*': slow },
      customStorage: { consume: async (key, rule) => throttle(key, rule) },
    },
    disabledPaths: ['/sign-up/email', '/update-user', '/change-email', '/delete-user', '/request-password-reset', '/reset-password'],
    advanced: {
      // The check of other sites is the API's own, before this: the hub may be reached under several hosts.
      disableOriginCheck: true,
      disableCSRFCheck: true,
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [callerIpHeader] },
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      cookiePrefix: 'switchboard',
    },
    databaseHooks: {
      session: {
        create: {
          before: (session) => refuseDisabled(prisma, session.userId),
          after: (session, context) => auditSignIn(pool, session.userId, context),
        },
      },
    },
    hooks: { after: auditPasswords(pool) },
    logger: { log: (level, message) => logger[level]({ from: 'sign-in' }, message) },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions
}

async function refuseDisabled(prisma: PrismaClient, userId: string): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { disabledAt: true } })
  if (user?.disabledAt) throw new APIError('FORBIDDEN', { code: 'USER_DISABLED', message: 'This user is switched off.' })
}
