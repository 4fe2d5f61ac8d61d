import { createHmac } from 'node:crypto'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { type Fields, readFields } from './fields.ts'
import type { Settings } from './settings.ts'

/** Base64 of the HMAC in hex, not of its bytes: PHP's `hash_hmac` gives text (zadarma/user-api-v1, Api.php). */
export function signatureOf(data: string, secret: string): string {
  return Buffer.from(createHmac('sha1', secret).update(data).digest('hex')).toString('base64')
}

const incoming = ['caller_id', 'called_did', 'call_start']
const outgoing = ['internal', 'destination', 'call_start']

/** What is signed, by event: these fields one after the other, a missing one as nothing (zadarma.com/ru/support/api, "Webhooks"). */
const signedFields: Record<string, string[]> = {
  NOTIFY_START: incoming,
  NOTIFY_INTERNAL: incoming,
  NOTIFY_INTERNAL_END: incoming,
  NOTIFY_IVR: incoming,
  NOTIFY_END: incoming,
  NOTIFY_ANSWER: ['caller_id', 'destination', 'call_start'],
  NOTIFY_OUT_START: outgoing,
  NOTIFY_OUT_END: outgoing,
  NOTIFY_RECORD: ['pbx_call_id', 'call_id_with_rec'],
  SMS: ['result'],
  NUMBER_LOOKUP: ['result'],
  CALL_TRACKING: ['result'],
}

/** The echo by which the cabinet tries an address is unsigned and comes before everything else. */
export function verify(request: RawDelivery, { settings }: Channel<Settings>): Verdict {
  const fields = readFields(request)
  const echo = fields.get('zd_echo')
  if (echo !== undefined && !fields.has('event')) return { is: 'reply', reply: { status: 200, body: echo.slice(0, 200) } }
  if (request.method !== 'POST') return { is: 'refused', reason: 'Zadarma sends events by POST' }
  const signature = request.headers.signature
  if (!signature) return { is: 'refused', reason: 'The header Signature is missing' }
  const isSigned = signedBy(fields).some((data) => data !== '' && isSameSecret(signature, signatureOf(data, settings.apiSecret)))
  return isSigned ? { is: 'ok' } : { is: 'refused', reason: 'Signature does not fit the secret of this channel' }
}

/** An event that is not described may be signed in any of the known ways. */
function signedBy(fields: Fields): string[] {
  const names = signedFields[fields.get('event') ?? '']
  const ways = names ? [names] : Object.values(signedFields)
  return ways.map((way) => way.map((name) => fields.get(name) ?? '').join(''))
}
