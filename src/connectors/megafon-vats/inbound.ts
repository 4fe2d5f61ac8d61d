import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, CallFact, CallOutcome, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { readFields } from './fields.ts'
import { historyPath, readHistory } from './history-rows.ts'
import { international } from './webhook.ts'

type Fields = ReadonlyMap<string, string>

const facts: Record<string, CallFact> = {
  INCOMING: 'ringing',
  OUTGOING: 'ringing',
  ACCEPTED: 'answered',
  TRANSFERRED: 'left',
  COMPLETED: 'left',
  CANCELLED: 'left',
}

/** One URL, the field `cmd` says what: `event` while the phone rings, `history` as the last word. */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  if (delivery.path === historyPath) return readHistory(delivery.body).flatMap((row) => eventsOfHistory(row))
  const fields = readFields(delivery)
  const key = deliveryKey(delivery)
  const command = fields?.get('cmd')
  if (!fields || command === undefined) return [{ type: 'malformed', key, reason: 'Neither a form nor JSON with the field cmd' }]
  if (command === 'contact') return []
  if (command !== 'event' && command !== 'history') return [{ type: 'unsupported', key, reason: `cmd ${command}` }]
  const callId = fields.get('callid')
  if (!callId) return [{ type: 'malformed', key, reason: 'The field callid is missing' }]
  if (command === 'history') return eventsOfHistory(fields, delivery.receivedAt)
  const fact = facts[(fields.get('type') ?? '').toUpperCase()]
  return fact ? [eventOf(fields, callId, fact, delivery.receivedAt)] : [{ type: 'unsupported', key, reason: `event ${fields.get('type') ?? ''}` }]
}

/**
 * A call to a group rings every employee of it under one `callid`: each is a leg, and one who is cancelled or done does not end the call. The PBX gives no
 * times here, so the moment of arrival counts until `history` corrects it.
 */
function eventOf(fields: Fields, callId: string, fact: CallFact, receivedAt: Date): CallEvent {
  const user = fields.get('user') || fields.get('ext')
  const type = (fields.get('type') ?? '').toUpperCase()
  const direction = type === 'OUTGOING' || fields.get('direction') === 'out' ? 'outbound' : 'inbound'
  const second = fields.get('second_callid')
  return {
    type: 'call',
    key: `event:${callId}:${user ?? ''}:${type}`,
    callId,
    occurredAt: receivedAt.toISOString(),
    fact,
    ...(type === 'CANCELLED' && { outcome: 'missed' as const }),
    ...common(fields, direction),
    ...(user && { leg: { id: user, user } }),
    ...(second && { otherCallId: second }),
  }
}

const outcomes: Record<string, CallOutcome> = {
  success: 'answered',
  missed: 'missed',
  cancel: 'cancelled',
  busy: 'busy',
  notavailable: 'failed',
  notallowed: 'failed',
  notfound: 'failed',
}

/**
 * The last word, one for each employee that a group rang: of an incoming call only an answer is a summary, and an employee who missed it yields to one who
 * did not. `toldAt`: when the PBX told of it, which it does at the end.
 */
function eventsOfHistory(fields: Fields, toldAt?: Date): InboundEvent[] {
  const callId = fields.get('callid') ?? ''
  const direction = fields.get('type') === 'out' ? 'outbound' : 'inbound'
  const outcome = outcomes[(fields.get('status') ?? '').toLowerCase()]
  const user = fields.get('user') || fields.get('ext')
  const startedAt = timeOf(fields.get('start'))
  const talk = secondsOf(fields.get('duration'))
  const talkSeconds = outcome !== undefined && outcome !== 'answered' ? 0 : talk
  const wait = secondsOf(fields.get('wait'))
  const isSummary = direction === 'outbound' || outcome === undefined || outcome === 'answered'
  const call: CallEvent = {
    type: 'call',
    key: `history:${callId}:${user ?? ''}`,
    callId,
    fact: isSummary ? 'summary' : 'ended',
    ...(startedAt && { occurredAt: startedAt, startedAt }),
    ...(outcome && { outcome: outcome === 'cancelled' && direction === 'inbound' ? 'missed' : outcome }),
    ...(talkSeconds !== undefined && { talkSeconds }),
    ...(wait !== undefined && { waitSeconds: wait }),
    ...endOf({ startedAt, wait, talk: talkSeconds, toldAt }),
    ...common(fields, direction),
    ...(user && isSummary && { leg: { id: 'history', user } }),
  }
  const link = fields.get('link')
  return link && /^https?:\/\//i.test(link) ? [call, recordingOf(fields, callId, link)] : [call]
}

interface Totals {
  startedAt: string | undefined
  wait: number | undefined
  talk: number | undefined
  toldAt: Date | undefined
}

function endOf({ startedAt, wait, talk, toldAt }: Totals): Pick<CallEvent, 'answeredAt' | 'endedAt'> {
  if (wait === undefined && toldAt !== undefined) return { endedAt: toldAt.toISOString() }
  if (startedAt === undefined || talk === undefined) return {}
  const at = (seconds: number) => new Date(Date.parse(startedAt) + seconds * 1000).toISOString()
  return { ...(wait !== undefined && talk > 0 && { answeredAt: at(wait) }), endedAt: at((wait ?? 0) + talk) }
}

function recordingOf(fields: Fields, callId: string, link: string): RecordingEvent {
  const user = fields.get('user')
  return {
    type: 'recording',
    key: `recording:${callId}:${user ?? ''}`,
    callId,
    recordingId: `${callId}:${user ?? ''}`,
    state: 'available',
    ref: link,
    tracks: ['both'],
    ...(user && { user }),
  }
}

/** `phone` is the client in both directions, `diversion` the number of ours. */
function common(fields: Fields, direction: 'inbound' | 'outbound'): Partial<CallEvent> {
  const phone = fields.get('phone')
  const dialled = fields.get('diversion')
  const inner = fields.get('ext') || fields.get('user')
  const outer = phone && international(phone)
  const queue = fields.get('groupRealName')
  return {
    direction,
    client: callerOf(phone, { isInternational: true }),
    ...(outer && (direction === 'inbound' ? { caller: outer } : { callee: outer })),
    ...(inner && (direction === 'inbound' ? { callee: inner } : { caller: inner })),
    ...(dialled && { dialled: international(dialled) }),
    ...(queue && { queue }),
  }
}

/** `20260102T030405Z`, UTC. */
function timeOf(text: string | undefined): string | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/.exec(text ?? '')
  const written = found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z` : (text ?? '')
  const parsed = Date.parse(written)
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString()
}

/** Whole seconds, less than a year. */
function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined
}
