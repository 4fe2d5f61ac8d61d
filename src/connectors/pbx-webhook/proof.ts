import { createHmac } from 'node:crypto'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import type { Settings } from './settings.ts'

const signatureHeaders = ['x-signature', 'x-hub-signature-256', 'x-webhook-signature', 'x-switchboard-signature']
const secretHeaders = ['x-hub-key', 'x-api-key', 'x-secret', 'x-webhook-secret']

/** A signature of the raw body, where there is one, decides alone; else the secret itself. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  const { secret } = channel.settings
  const signature = firstOf(request, signatureHeaders)
  if (signature !== undefined) {
    return isSignedBy(signature, request.body, secret)
      ? { is: 'ok' }
      : { is: 'refused', reason: 'The signature does not fit the secret of this channel' }
  }
  const shown = firstOf(request, secretHeaders) ?? /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (shown === undefined) return { is: 'refused', reason: 'No proof: X-Signature with HMAC-SHA256 of the body, or the secret in X-Hub-Key' }
  return isSameSecret(shown, secret) ? { is: 'ok' } : { is: 'refused', reason: 'The secret is not the one of this channel' }
}

function isSignedBy(signature: string, body: Uint8Array, secret: string): boolean {
  const mac = createHmac('sha256', secret).update(body).digest()
  const told = signature.trim().replace(/^sha256=/i, '')
  return isSameSecret(told.toLowerCase(), mac.toString('hex')) || isSameSecret(told, mac.toString('base64'))
}

function firstOf(request: RawDelivery, names: string[]): string | undefined {
  return names.map((name) => request.headers[name]).find((value) => value !== undefined)
}
