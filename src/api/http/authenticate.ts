import type { Request } from 'express'
import { type Actor, nobody } from '../../core/access/actor.ts'
import { findApiKeyActor } from '../../core/access/api-key-store.ts'
import { CoreError } from '../../core/errors.ts'
import type { ApiDeps } from '../routes/context.ts'

type Deps = Pick<ApiDeps, 'prisma' | 'signIn'>

export interface Identified {
  actor: Actor
  /** Of users who came with a cookie. */
  sessionId?: string
}

/** Who asks: by `Authorization: Bearer <key>`, else by the session cookie, else `nobody`. Throws `invalid_key`. */
export async function identify(deps: Deps, headers: Headers): Promise<Identified> {
  const key = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (key) {
    const actor = await findApiKeyActor(deps, key)
    if (!actor) throw new CoreError('invalid_key')
    return { actor }
  }
  if (!headers.has('cookie')) return { actor: nobody }
  return (await deps.signIn.currentSession(headers)) ?? { actor: nobody }
}

export async function authenticate(deps: Deps, headers: Headers): Promise<Actor> {
  return (await identify(deps, headers)).actor
}

export function headersOf(request: Pick<Request, 'headers'>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

/** Address of the caller as TRUST_PROXY says; IPv4 without its IPv6 clothes. */
export function callerIp(request: Request): string {
  return (request.ip ?? '').replace(/^::ffff:/, '')
}
