import type { CallEvent, InboundEvent, Receipt } from '../../core/connector/event.ts'
import { occurred, unsupported } from '../kits/meta/envelope.ts'
import { wordsOf } from '../kits/meta/failures.ts'
import { contactOf, partyOf } from './party.ts'
import type { Call, Contact, Status } from './payloads.ts'

const statuses: Record<string, Receipt['status'] | undefined> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
}

/** What became of a message of ours. One message has each status once. */
export function readStatus(status: Status): InboundEvent[] {
  const { id, errors } = status
  const known = Object.hasOwn(statuses, status.status) ? statuses[status.status] : undefined
  const key = `status:${id}:${status.status}`
  if (!known || status.type === 'call') return [unsupported(key, `WhatsApp tells the status ${status.status} of a ${status.type ?? 'message'}`)]
  const [error] = errors ?? []
  return [
    {
      type: 'receipt',
      key,
      ...occurred(status.timestamp, 1000),
      externalId: id,
      status: known,
      ...(status.biz_opaque_callback_data && { sentAs: status.biz_opaque_callback_data }),
      ...(known === 'failed' && error && { error: wordsOf(error).en, words: wordsOf(error) }),
    },
  ]
}

/** A call over WhatsApp: logged, its sound is not carried. https://developers.facebook.com/documentation/business-messaging/whatsapp/calling */
export function readCall(call: Call, { contacts, ourAddress }: { contacts: Contact[]; ourAddress: string }): InboundEvent[] {
  const isInbound = call.direction === 'USER_INITIATED'
  const ids = isInbound ? { userId: call.from_user_id, phone: call.from } : { phone: call.to }
  const contact = contactOf(ids, contacts)
  const client = partyOf({ userId: ids.userId ?? contact?.user_id, phone: ids.phone ?? contact?.wa_id }, contact)
  const base = {
    type: 'call' as const,
    medium: 'voice',
    callId: call.id,
    ...occurred(call.timestamp, 1000),
    direction: isInbound ? ('inbound' as const) : ('outbound' as const),
    client,
    ourAddress,
    dialled: ourAddress,
  }
  if (call.event === 'connect') return [{ ...base, key: `call:${call.id}:started`, fact: 'started' }]
  if (call.event === 'terminate') return [{ ...base, key: `call:${call.id}:summary`, fact: 'summary', ...totalsOf(call) }]
  return [unsupported(`${call.id}:${call.event}`, `WhatsApp tells of a call: ${call.event}`)]
}

/** Only a call that was talked has a duration. */
function totalsOf({ start_time: start, end_time: end, duration, status }: Call): Partial<CallEvent> {
  const startedAt = start === undefined ? undefined : occurred(start, 1000).occurredAt
  const endedAt = end === undefined ? undefined : occurred(end, 1000).occurredAt
  const isTalked = status === 'COMPLETED' && (duration ?? 0) > 0
  return {
    ...(isTalked && startedAt && { answeredAt: startedAt }),
    ...(endedAt && { endedAt }),
    ...(duration !== undefined && { talkSeconds: duration }),
    ...(isTalked ? { outcome: 'answered' } : status === 'FAILED' ? { outcome: 'failed' } : {}),
  }
}
