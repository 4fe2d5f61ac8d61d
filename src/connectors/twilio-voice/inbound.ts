import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, InboundEvent } from '../../core/connector/event.ts'
import { readForm } from '../kits/twilio/signature.ts'
import { eventsOfHistory, historyPath } from './history-rows.ts'
import { eventOfConference, eventOfStatus } from './legs.ts'
import { eventsOfRecording } from './recordings.ts'
import type { Settings } from './settings.ts'
import { threadOf } from './thread.ts'
import { outcome, type Told } from './told.ts'

/** Each hook of a call has an address of its own, and its query says which call it belongs to. */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  if (delivery.path === historyPath) return eventsOfHistory(delivery)
  const form = readForm(delivery)
  const sid = form.get('CallSid') ?? ''
  const thread = threadOf(delivery, form.get('ParentCallSid') || sid)
  const read = readers[delivery.path]
  if (read === undefined) return [{ type: 'unsupported', key: deliveryKey(delivery), reason: `Twilio hook ${delivery.path.slice(0, 100)}` }]
  if (!/^\w{1,100}$/.test(thread.call)) return [{ type: 'malformed', key: deliveryKey(delivery), reason: 'An event without its CallSid' }]
  return read({ form, sid, thread, settings }) ?? [{ type: 'malformed', key: deliveryKey(delivery), reason: 'An event without its fields' }]
}

type Reader = (told: Told) => InboundEvent[] | undefined

const readers: Record<string, Reader | undefined> = {
  '': entered,
  '/': entered,
  '/voice': entered,
  '/status': (told) => eventOfStatus(told),
  '/dial-done': dialled,
  '/wait': ({ thread }) => [
    { type: 'call', key: `queued:${thread.call}:${thread.round ?? ''}`, callId: thread.call, fact: 'queued', direction: 'inbound' },
  ],
  '/queue-done': ({ form, thread }) => (form.get('QueueResult') === 'hangup' ? [outcome(thread, 'abandoned')] : []),
  '/nobody': ({ thread }) => (thread.answered ? [] : [outcome(thread, 'missed')]),
  '/voicemail-done': () => [],
  '/recording': eventsOfRecording,
  '/conference': eventOfConference,
}

function entered({ form, thread }: Told): InboundEvent[] {
  const from = form.get('From') ?? ''
  const to = form.get('To') ?? ''
  return [
    {
      type: 'call',
      key: `started:${thread.call}`,
      callId: thread.call,
      fact: 'started',
      direction: 'inbound',
      client: callerOf(from, { name: form.get('CallerName') ?? undefined }),
      ...(from && { caller: from }),
      ...(to && { callee: to, dialled: to }),
    },
  ]
}

const refused: Record<string, CallEvent['outcome']> = { busy: 'busy', 'no-answer': 'missed', failed: 'failed', canceled: 'cancelled' }

/**
 * How a Dial ended. Of a call we asked for it is the client's own answer. Of a call to us only the caller who hung up ends anything here: the next phone
 * may be rung, the queue or the voicemail may come, and each of them tells for itself.
 */
function dialled({ form, thread }: Told): InboundEvent[] | undefined {
  const status = form.get('DialCallStatus')
  if (status === null) return undefined
  const isTalkOver = status === 'completed' || status === 'answered'
  const hasLeft = form.get('CallStatus') === 'completed'
  if (isTalkOver || thread.answered) return hasLeft ? [outcome(thread, 'answered')] : []
  if (thread.request !== undefined) return [outcome(thread, refused[status] ?? 'failed')]
  return hasLeft ? [outcome(thread, 'missed')] : []
}
