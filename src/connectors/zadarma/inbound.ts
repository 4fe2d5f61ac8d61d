import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent, MessageReceived } from '../../core/connector/event.ts'
import { eventsOfCall, recordingOf } from './call-events.ts'
import { readFields } from './fields.ts'
import { international } from './numbers.ts'
import { smsResult } from './payloads.ts'
import type { Settings } from './settings.ts'
import { eventsOfStatistics, statisticsPath } from './statistics.ts'

/** One address, the field `event` says what. */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  if (delivery.path === statisticsPath) return eventsOfStatistics(delivery, settings)
  const fields = readFields(delivery)
  const key = deliveryKey(delivery)
  const event = fields.get('event')
  if (!event) return [{ type: 'malformed', key, reason: 'The field event is missing' }]
  if (event === 'SMS') return [messageOf(fields.get('result'), key)]
  if (!/^NOTIFY_(START|INTERNAL|INTERNAL_END|ANSWER|END|OUT_START|OUT_END|RECORD|IVR)$/.test(event)) {
    return [{ type: 'unsupported', key, reason: `Zadarma event ${event.slice(0, 60)}` }]
  }
  const callId = fields.get('pbx_call_id')
  if (!callId || callId.length > 200) return [{ type: 'malformed', key, reason: 'The field pbx_call_id is missing' }]
  if (event !== 'NOTIFY_RECORD') return eventsOfCall(fields, { event, callId, receivedAt: delivery.receivedAt, timeZone: settings.timeZone })
  const recordingId = fields.get('call_id_with_rec')
  return recordingId ? [recordingOf(callId, recordingId)] : [{ type: 'malformed', key, reason: 'The field call_id_with_rec is missing' }]
}

/** An SMS to one of our numbers. It has neither an id nor a time: the delivery is the message. */
function messageOf(result: string | undefined, key: string): InboundEvent {
  const read = smsResult.safeParse(result)
  if (!read.success) return { type: 'malformed', key, reason: 'The field result is not an SMS' }
  const { caller_id: sender, caller_did: did, text } = read.data
  const isWord = !/^\+?\d+$/.test(sender)
  const message: MessageReceived = {
    type: 'message',
    key,
    medium: 'sms',
    direction: 'inbound',
    externalId: key,
    from: callerOf(sender, { isInternational: true, ...(isWord && { name: sender }) }),
    conversation: { by: 'contact' },
    text,
    ...(did && { ourAddress: international(did) }),
  }
  return message
}
