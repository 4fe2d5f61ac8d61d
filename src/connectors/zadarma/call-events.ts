import { callerOf } from '../../core/connector/caller.ts'
import type { CallEvent, CallFact, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import type { Fields } from './fields.ts'
import { international, isExtension } from './numbers.ts'
import { outcomeOf } from './outcomes.ts'

interface Told {
  event: string
  callId: string
  receivedAt: Date
  timeZone: string
}

const facts: Record<string, CallFact> = {
  NOTIFY_START: 'started',
  NOTIFY_IVR: 'started',
  NOTIFY_INTERNAL: 'ringing',
  NOTIFY_OUT_START: 'ringing',
  NOTIFY_ANSWER: 'answered',
  NOTIFY_INTERNAL_END: 'left',
  NOTIFY_END: 'summary',
  NOTIFY_OUT_END: 'summary',
}

/**
 * `call_start` is the start of the whole call in every event, so the moment of arrival counts for what happens within it; there is neither an id of
 * the event nor a counter.
 */
export function eventsOfCall(fields: Fields, told: Told): InboundEvent[] {
  const { event, callId, receivedAt, timeZone } = told
  const fact = facts[event] ?? 'started'
  const start = fields.get('call_start') ?? ''
  const seconds = secondsOf(fields.get('duration'))
  const startedAt = likelyStart(readTime(start, timeZone), receivedAt, seconds ?? 0)
  const user = fields.get('internal') || (fact === 'answered' && fields.get('destination')) || undefined
  const direction = directionOf(fields, event, callId)
  const call: CallEvent = {
    type: 'call',
    key: keyOf(event, callId, user, start, fields.get('duration')),
    callId,
    fact,
    occurredAt: (fact === 'started' && startedAt) || receivedAt.toISOString(),
    ...endsOf(fields, direction),
    ...(user && fact !== 'started' && { leg: { id: fact === 'summary' ? 'summary' : user, user } }),
    ...(fact === 'left' && legOutcome(fields)),
    ...(fact === 'summary' && totalsOf(fields, direction, { startedAt, endedAt: receivedAt, seconds })),
  }
  const recordingId = fields.get('call_id_with_rec')
  return fact === 'summary' && fields.get('is_recorded') === '1' && recordingId ? [call, recordingOf(callId, recordingId)] : [call]
}

/** Ready some 40 s after the end: asked for too early it is asked for again, which also heals a NOTIFY_RECORD that never came. */
export function recordingOf(callId: string, recordingId: string): RecordingEvent {
  return { type: 'recording', key: `recording:${callId}:${recordingId}`, callId, recordingId, state: 'available', ref: recordingId, tracks: ['both'] }
}

function keyOf(...what: (string | undefined)[]): string {
  return what
    .map((part) => part ?? '')
    .join(':')
    .slice(0, 400)
}

function directionOf(fields: Fields, event: string, callId: string): CallEvent['direction'] {
  const isOurs = isExtension(fields.get('caller_id')) || (event.startsWith('NOTIFY_OUT') && fields.get('internal') !== undefined)
  if (isOurs && isExtension(fields.get('destination'))) return 'internal'
  if (event.startsWith('NOTIFY_OUT') || callId.startsWith('out_')) return 'outbound'
  if (event !== 'NOTIFY_ANSWER' || callId.startsWith('in_')) return isExtension(fields.get('caller_id')) ? 'internal' : 'inbound'
  return isExtension(fields.get('destination')) ? 'inbound' : undefined
}

function endsOf(fields: Fields, direction: CallEvent['direction']): Partial<CallEvent> {
  if (direction === undefined) return {}
  const isOutbound = direction === 'outbound'
  const caller = fields.get('caller_id')
  const callee = fields.get('dst_e164') || fields.get('destination')
  const internal = fields.get('internal')
  const outer = isOutbound ? callee : caller
  const dialled = isOutbound ? (isExtension(caller) ? undefined : caller) : fields.get('called_did')
  const shownCaller = isOutbound ? (internal ?? caller) : (caller ?? internal)
  const shownCallee = isOutbound ? callee : (internal ?? callee)
  return {
    direction,
    ...(direction !== 'internal' && { client: callerOf(outer, { isInternational: true }) }),
    ...(shownCaller && { caller: international(shownCaller) }),
    ...(shownCallee && { callee: international(shownCallee) }),
    ...(dialled && direction !== 'internal' && { dialled: international(dialled) }),
  }
}

function legOutcome(fields: Fields): Partial<CallEvent> {
  const outcome = outcomeOf(fields.get('disposition'), 'inbound')
  return outcome ? { outcome } : {}
}

interface Span {
  startedAt: string | undefined
  endedAt: Date
  seconds: number | undefined
}

/** `duration` is what was talked, and the message comes at the end. */
function totalsOf(fields: Fields, direction: CallEvent['direction'], { startedAt, endedAt, seconds }: Span): Partial<CallEvent> {
  const outcome = outcomeOf(fields.get('disposition'), direction)
  const talkSeconds = outcome !== undefined && outcome !== 'answered' ? 0 : seconds
  const answered = outcome === 'answered' && seconds !== undefined ? new Date(endedAt.getTime() - seconds * 1000) : undefined
  const waitedUntil = answered ?? (outcome === undefined ? undefined : endedAt)
  const wait = startedAt === undefined || waitedUntil === undefined ? undefined : (waitedUntil.getTime() - Date.parse(startedAt)) / 1000
  return {
    ...(outcome && { outcome }),
    ...(startedAt && { startedAt }),
    ...(answered && { answeredAt: answered.toISOString() }),
    endedAt: endedAt.toISOString(),
    ...(talkSeconds !== undefined && { talkSeconds }),
    ...(wait !== undefined && { waitSeconds: Math.max(0, Math.round(wait)) }),
  }
}

/** Whole seconds, less than a year. */
function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined
}

const longestWaitMs = 3_600_000
const clockDriftMs = 300_000

/** A time zone or a clock that is wrong shows here: better no start than one that is hours off. */
function likelyStart(start: string | undefined, receivedAt: Date, seconds: number): string | undefined {
  if (start === undefined) return undefined
  const before = receivedAt.getTime() - Date.parse(start)
  return before >= -clockDriftMs && before <= longestWaitMs + seconds * 1000 ? start : undefined
}
