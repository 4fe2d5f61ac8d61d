import { createHash, createHmac } from 'node:crypto'
import type { RawDelivery, Verdict } from '../../../core/connector/delivery.ts'
import { isSameSecret } from '../../../core/connector/same-secret.ts'

/** What every app at Meta proves itself by. */
export interface AppSecrets {
  appSecret: string
  verifyToken: string
}

/**
 * The GET handshake by the verify token, and `X-Hub-Signature-256`: HMAC-SHA256 by the app secret over the raw bytes, for they escape letters
 * in a way of their own. https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function verifyMeta(request: RawDelivery, secrets: AppSecrets): Verdict {
  if (request.method === 'GET') return shakeHands(request, secrets.verifyToken)
  if (request.method !== 'POST') return { is: 'refused', reason: 'Meta sends events by POST' }
  const shown = request.headers['x-hub-signature-256']
  if (shown === undefined) return { is: 'refused', reason: 'The header X-Hub-Signature-256 is missing' }
  const expected = `sha256=${createHmac('sha256', secrets.appSecret).update(request.body).digest('hex')}`
  return isSameSecret(shown, expected) ? { is: 'ok' } : { is: 'refused', reason: 'X-Hub-Signature-256 is not made by the app secret of this channel' }
}

function shakeHands({ query }: RawDelivery, verifyToken: string): Verdict {
  const asked = new URLSearchParams(query)
  const challenge = asked.get('hub.challenge')
  if (asked.get('hub.mode') !== 'subscribe' || challenge === null) return { is: 'refused', reason: 'Not the handshake of Meta' }
  if (!isSameSecret(asked.get('hub.verify_token') ?? '', verifyToken)) {
    return { is: 'refused', reason: 'The verify token typed at Meta is not the one of this channel' }
  }
  return { is: 'reply', reply: { status: 200, body: challenge } }
}

/** Meta names no delivery, but a repeated one has the same bytes, and everything in it has an id or a time. */
export function contentKey(request: Pick<RawDelivery, 'body'>): string {
  return createHash('sha256').update(request.body).digest('hex')
}
