import { callerOf } from '../../core/connector/caller.ts'
import type { CallEvent, InboundEvent } from '../../core/connector/event.ts'
import { userOf } from './phones.ts'
import type { Told } from './told.ts'

/** RFC 2822, in whole seconds. */
export function timeOf(written: string | null): { occurredAt?: string } {
  const moment = Date.parse(written ?? '')
  const isSensible = moment > Date.UTC(2000, 0) && moment < Date.UTC(2100, 0)
  return isSensible ? { occurredAt: new Date(moment).toISOString() } : {}
}

/** A status callback of one leg: a phone of ours, the client's phone in a call we asked for, or the first leg of all. */
export function eventOfStatus(told: Told): InboundEvent[] | undefined {
  const { form, sid, thread } = told
  const status = form.get('CallStatus')
  if (!status || sid === '') return undefined
  const number = form.get('SequenceNumber') ?? ''
  const counter = /^\d{1,6}$/.test(number) ? Number(number) : undefined
  const said = thread.leg === 'user' ? ofUser(told, status) : thread.request === undefined ? ofCaller(told, status) : ofAsked(told, status)
  return [
    {
      type: 'call',
      key: `status:${sid}:${counter ?? status.slice(0, 40)}`,
      callId: thread.call,
      ...timeOf(form.get('Timestamp')),
      ...(counter !== undefined && { order: counter }),
      ...said,
    },
  ]
}

type Said = Omit<CallEvent, 'type' | 'key' | 'callId'>

const legOutcomes: Record<string, CallEvent['outcome']> = { busy: 'busy', 'no-answer': 'missed', failed: 'failed' }

/** A phone of ours that is rung for a caller; Twilio shows it the caller's number. After a transfer the call may be one of ours as well. */
function ofUser({ form, sid, thread, settings }: Told, status: string): Said {
  const leg = { id: sid, user: userOf(form.get('To') ?? '', settings) }
  const from = form.get('From') ?? ''
  const common = thread.answered ? {} : { direction: 'inbound' as const, client: callerOf(from), ...(from && { caller: from }) }
  if (status === 'ringing') return { ...common, fact: 'ringing', leg }
  if (status === 'in-progress') return { ...common, fact: 'answered', leg }
  if (!isOver(status)) return { ...common, fact: 'started' }
  const told = legOutcomes[status]
  return { ...common, fact: 'left', leg, ...(told && { outcome: told }) }
}

/** The caller's own leg. Its end says nothing of an answer: Twilio itself picks up to greet. */
function ofCaller({ form }: Told, status: string): Said {
  const from = form.get('From') ?? ''
  const to = form.get('To') ?? ''
  const common = { direction: 'inbound' as const, client: callerOf(from), ...(from && { caller: from }), ...(to && { callee: to, dialled: to }) }
  if (!isOver(status)) return { ...common, fact: 'started' }
  return status === 'completed' ? { ...common, fact: 'ended' } : { ...common, fact: 'ended', outcome: status === 'failed' ? 'failed' : 'missed' }
}

/** A call we asked for: the user's phone is its first leg, and it is answered when the client answers. */
function ofAsked({ form, sid, thread }: Told, status: string): Said {
  const { request, user = '', client } = thread
  const dialled = form.get('From')
  const common = {
    direction: 'outbound' as const,
    ...(request !== undefined && { requestId: request }),
    ...(client !== undefined && { client: callerOf(client), callee: client }),
    ...(user && { caller: user }),
    ...(dialled && { dialled }),
  }
  const leg = { id: thread.call, user }
  if (thread.leg === 'client') {
    if (status === 'in-progress') return { ...common, fact: 'answered', leg }
    return isOver(status) && status === 'completed' ? { ...common, fact: 'left', leg } : { ...common, fact: 'started' }
  }
  if (status === 'ringing') return { ...common, fact: 'ringing', leg: { ...leg, id: sid } }
  if (!isOver(status)) return { ...common, fact: 'started' }
  if (status === 'completed') return { ...common, fact: 'ended' }
  return { ...common, fact: 'ended', outcome: status === 'failed' ? 'failed' : 'cancelled' }
}

function isOver(status: string): boolean {
  return ['completed', 'busy', 'failed', 'no-answer', 'canceled'].includes(status)
}

/** Hold and resume in the room that both ends were moved into. */
export function eventOfConference({ form, thread }: Told): InboundEvent[] | undefined {
  const event = form.get('StatusCallbackEvent')
  const room = form.get('ConferenceSid')
  if (!event || !room) return undefined
  const number = form.get('SequenceNumber') ?? ''
  const key = `conference:${room.slice(0, 100)}:${number.slice(0, 10)}:${event.slice(0, 60)}`
  if (event !== 'participant-hold' && event !== 'participant-unhold')
    return [{ type: 'unsupported', key, reason: `Conference event ${event.slice(0, 60)}` }]
  return [
    {
      type: 'call',
      key,
      callId: thread.call,
      ...timeOf(form.get('Timestamp')),
      fact: event === 'participant-hold' ? 'held' : 'resumed',
      leg: { id: thread.phone ?? thread.call },
    },
  ]
}
