import twilio from 'twilio'
import type { RawDelivery, Verdict } from '../../../core/connector/delivery.ts'
import type { Channel } from '../../../core/connector/hub.ts'
import type { Account } from './account.ts'

/** The form that Twilio posts. */
export function readForm(request: RawDelivery): URLSearchParams {
  return new URLSearchParams(Buffer.from(request.body).toString('utf8'))
}

/**
 * `X-Twilio-Signature`: HMAC-SHA1 by the auth token over the address as Twilio has it and every field, known or not
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security). The address is the configured one, whatever proxy stands between.
 */
export function verify(request: RawDelivery, channel: Channel<Account>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'Twilio is to send by POST: change the method beside the address' }
  const signature = request.headers['x-twilio-signature']
  if (signature === undefined) return { is: 'refused', reason: 'The header X-Twilio-Signature is missing' }
  const { authToken, previousAuthToken } = channel.settings
  const address = `${channel.hookUrl}${request.path}${request.query === '' ? '' : `?${request.query}`}`
  const isSigned = [authToken, previousAuthToken].some((token) => token && isSignedBy(token, signature, address, request))
  return isSigned
    ? { is: 'ok' }
    : { is: 'refused', reason: 'X-Twilio-Signature does not fit the auth token, or the address at Twilio is another one' }
}

function isSignedBy(token: string, signature: string, address: string, request: RawDelivery): boolean {
  try {
    // A JSON body is signed by its hash in the address.
    if (new URLSearchParams(request.query).has('bodySHA256')) {
      return twilio.validateRequestWithBody(token, signature, address, Buffer.from(request.body).toString('utf8'))
    }
    const byName = Map.groupBy(readForm(request), ([name]) => name)
    const fields = [...byName].map(([name, all]) => [name, all.length === 1 ? all[0]?.[1] : all.map(([, value]) => value)])
    return twilio.validateRequest(token, signature, address, Object.fromEntries(fields) as Record<string, unknown>)
  } catch {
    return false
  }
}

/** The same for each attempt at one delivery. It is not signed, so it only ever joins deliveries that are. */
export function dedupeKey(request: RawDelivery): string | undefined {
  const token = request.headers['i-twilio-idempotency-token']
  return token ? `${request.path}:${token}`.slice(0, 400) : undefined
}
