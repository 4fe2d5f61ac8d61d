import { createHash, timingSafeEqual } from 'node:crypto'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/** `sha256(key + json + salt)` in hex, over the exact text of the field (MANGO OFFICE VPBX API 1.10, "Authorisation"); not an HMAC. */
export function signatureOf(json: string, { apiKey, apiSalt }: Pick<Settings, 'apiKey' | 'apiSalt'>): string {
  return createHash('sha256').update(`${apiKey}${json}${apiSalt}`).digest('hex')
}

/** The three fields of every message in either direction. */
export function signedForm(payload: object, settings: Settings): URLSearchParams {
  const json = JSON.stringify(payload)
  return new URLSearchParams({ vpbx_api_key: settings.apiKey, sign: signatureOf(json, settings), json })
}

/** Both the key and the signature have to be ours. Nothing limits the age of a message: repeats are known by their event keys. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'MANGO OFFICE sends events by POST' }
  const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'))
  const sign = form.get('sign')
  if (sign === null) return { is: 'refused', reason: 'The field sign is missing' }
  if (form.get('vpbx_api_key') !== channel.settings.apiKey) return { is: 'refused', reason: 'vpbx_api_key is not the code of this PBX' }
  const expected = Buffer.from(signatureOf(form.get('json') ?? '', channel.settings))
  const shown = Buffer.from(sign.toLowerCase())
  const isSame = shown.length === expected.length && timingSafeEqual(shown, expected)
  return isSame ? { is: 'ok' } : { is: 'refused', reason: 'sign does not fit the signature key of this channel' }
}
