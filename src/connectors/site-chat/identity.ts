import { createHash, createHmac } from 'node:crypto'
import { z } from 'zod'
import type { IdentityClaim } from '../../core/connector/identity.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'

const short = z.string().min(1).max(254)
/** HMAC-SHA256 of the id alone, hex: what else is said beside it is only said. */
const byHash = z.object({
  userId: short,
  hash: z.string().regex(/^[0-9a-f]{64}$/i),
  name: short.optional(),
  email: short.optional(),
  phone: short.optional(),
})
/** JWT (RFC 7519), HS256: all of it is proven. */
const byJwt = z.object({ jwt: z.string().max(4_000) })
const claims = z.object({
  sub: short,
  exp: z.number().optional(),
  nbf: z.number().optional(),
  name: short.optional(),
  email: short.optional(),
  phone: short.optional(),
})

/** Whom the site says this is, once that is proven. */
export interface Proven {
  userId: string
  name?: string
  email?: string
  phone?: string
  /** Whether the site vouches for e-mail and phone too. */
  provesAll: boolean
}

/** Clocks differ a little. Seconds. */
const leeway = 60

/** Pure. Without `now` nothing is too old: its visitor's token was given for it when it was fresh. The reason is for the site's developer. */
export function readIdentity(given: unknown, secret: string | undefined, now?: Date): Proven | { doubt: string } {
  if (!secret) return { doubt: 'the channel has no secret of identify() yet' }
  const jwt = byJwt.safeParse(given)
  if (jwt.success) return readJwt(jwt.data.jwt, secret, now)
  const signed = byHash.safeParse(given)
  if (!signed.success) return { doubt: 'give { jwt }, or { userId, hash } with an HMAC-SHA256 in hex' }
  const { userId, hash, name, email, phone } = signed.data
  const expected = createHmac('sha256', secret).update(userId).digest('hex')
  if (!isSameSecret(hash.toLowerCase(), expected)) return { doubt: 'the hash is not the HMAC-SHA256 of the user id under the secret' }
  return { userId, provesAll: false, ...(name && { name }), ...(email && { email }), ...(phone && { phone }) }
}

function readJwt(jwt: string, secret: string, now: Date | undefined): Proven | { doubt: string } {
  const [head = '', body = '', signature = ''] = jwt.split('.')
  const header = z.object({ alg: z.literal('HS256') }).safeParse(readPart(head))
  if (!header.success) return { doubt: 'the JWT is not signed by HS256' }
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')
  if (!isSameSecret(signature, expected)) return { doubt: 'the signature of the JWT is not by the secret' }
  const read = claims.safeParse(readPart(body))
  if (!read.success) return { doubt: 'the JWT has no "sub"' }
  const { sub, exp, nbf, name, email, phone } = read.data
  const seconds = now && now.getTime() / 1000
  if (seconds !== undefined && exp !== undefined && exp + leeway < seconds) return { doubt: 'the JWT is too old' }
  if (seconds !== undefined && nbf !== undefined && nbf - leeway > seconds) return { doubt: 'the JWT is not valid yet' }
  return { userId: sub, provesAll: true, ...(name && { name }), ...(email && { email }), ...(phone && { phone }) }
}

function readPart(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** The visitor that a proven user is, on every device: nobody without the secret can make or guess it. */
export function visitorOfUser(secret: string, userId: string): string {
  return `u-${createHmac('sha256', secret).update(`visitor ${userId}`).digest('base64url').slice(0, 32)}`
}

/** What is proven, and what is said beside it. Users of different sites are told apart by their secrets. */
export function claimsOf(proven: Proven, secret: string): IdentityClaim[] {
  const base = createHash('sha256').update(secret).digest('hex').slice(0, 8)
  const evidence = proven.provesAll ? 'attested' : 'claimed'
  return [
    { kind: 'site-user', value: `${base}:${proven.userId}`, evidence: 'attested' },
    ...(proven.email ? [{ kind: 'email', value: proven.email, evidence } as const] : []),
    ...(proven.phone ? [{ kind: 'phone', value: proven.phone, evidence } as const] : []),
  ]
}
