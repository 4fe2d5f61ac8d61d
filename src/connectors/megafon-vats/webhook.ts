import type { CallQuestion } from '../../core/connector/calling.ts'
import type { Decision } from '../../core/connector/connector.ts'
import type { HookReply, RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { readFields } from './fields.ts'
import type { Settings } from './settings.ts'

/** No signature: the key that the cabinet gave comes in the field `crm_token` of every message. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'The PBX sends events by POST' }
  const token = readFields(request)?.get('crm_token')
  if (token === undefined) return { is: 'refused', reason: 'The field crm_token is missing' }
  return isSameSecret(token, channel.settings.crmToken) ? { is: 'ok' } : { is: 'refused', reason: 'crm_token is not the key of this channel' }
}

/** `cmd=contact`: the PBX asks who calls and to whom the call belongs, and waits some seconds. */
export function asks(request: RawDelivery): CallQuestion | undefined {
  const fields = readFields(request)
  if (fields?.get('cmd') !== 'contact') return undefined
  const number = fields.get('phone')
  const dialled = fields.get('diversion')
  return { ...(number && { number: international(number) }), ...(dialled && { dialled: international(dialled) }) }
}

/** An unknown client is `{}`, never `[]`: the vendor's handler breaks on a list. */
export function reply(request: RawDelivery, _settings: Settings, decision: Decision): HookReply {
  const headers = { 'content-type': 'application/json' }
  if (readFields(request)?.get('cmd') !== 'contact' || decision.kind !== 'call') return { status: 200, headers, body: '{}' }
  const body = {
    ...(decision.contactName !== undefined && { contact_name: decision.contactName }),
    ...(decision.ownerNumber !== undefined && { responsible: decision.ownerNumber }),
  }
  return { status: 200, headers, body: JSON.stringify(body) }
}

/** E.164 without the plus, as the PBX writes it. */
export function international(number: string): string {
  return /^\d{10,15}$/.test(number) ? `+${number}` : number
}
