import { oc } from '@orpc/contract'
import { z } from 'zod'
import { firm, language } from './settings.ts'
import { role } from './users.ts'

export const session = z.object({
  kind: z.enum(['user', 'api_key']),
  user: z.object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    role,
    ownClientsOnly: z.boolean(),
    language,
    twoFactor: z.boolean(),
    teamIds: z.array(z.uuid()),
  }),
  firm,
  rights: z.array(z.string()).describe('operations that are allowed, as contacts.list'),
  publicUrl: z.string(),
})

/** Signing in and out, TOTP and changing the password are at /api/auth/… (better-auth). */
export const sessionContract = {
  get: oc.route({ method: 'GET', path: '/session', summary: 'Who am I, and what may I do?' }).output(session),
  update: oc
    .route({ method: 'PATCH', path: '/session' })
    .input(z.object({ name: z.string().trim().min(1).max(200).optional(), language: language.optional() }))
    .output(session),
}
