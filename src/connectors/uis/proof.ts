import { z } from 'zod'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import type { Settings } from './settings.ts'

export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

/** UIS signs nothing: the body is what the user pasted as its template, with the token in it. */
export function verify(request: RawDelivery, { settings }: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'UIS sends notifications by POST' }
  const json = parseBody(request.body)
  if (json === undefined) return { is: 'refused', reason: 'The body is not JSON: look whether the template was pasted whole' }
  const token = z.object({ token: z.string() }).safeParse(json).data?.token
  if (token === undefined) return { is: 'refused', reason: 'The field token is missing' }
  return isSameSecret(token, settings.token) ? { is: 'ok' } : { is: 'refused', reason: 'token is not the one of this channel' }
}
