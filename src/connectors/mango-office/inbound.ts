import { callerOf } from '../../core/connector/caller.ts'
import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import { deliveryKey } from '../../core/connector/delivery.ts'
import type { CallEvent, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { outcomeOfCode, outcomeOfLeg } from './outcomes.ts'
import { callEvent, commandResult, type MangoCall, type MangoRecording, type MangoSummary, recordingEvent, summaryEvent } from './payloads.ts'
import { readStatistics, statisticsPath } from './statistics.ts'

/** MANGO appends the kind of the event to the address it was given: `/events/call`, `/events/summary` … */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  if (delivery.path === statisticsPath) return readStatistics(Buffer.from(delivery.body).toString('utf8')).flatMap(eventsOfRow)
  if (/^\/(?:events\/)?ping\/?$/.test(delivery.path)) return []
  const json = readJson(new URLSearchParams(Buffer.from(delivery.body).toString('utf8')).get('json'))
  const malformed = (reason: string): InboundEvent[] => [{ type: 'malformed', key: deliveryKey(delivery), reason }]
  if (json === undefined) return malformed('The field json does not hold JSON')
  switch (delivery.path.replace(/\/$/, '')) {
    case '/events/call': {
      const read = callEvent.safeParse(json)
      return read.success ? [eventOfCall(read.data)] : malformed('An event of a call without its fields')
    }
    case '/events/summary': {
      const read = summaryEvent.safeParse(json)
      return read.success ? [eventOfSummary(read.data)] : malformed('A summary of a call without its fields')
    }
    case '/events/recording': {
      const read = recordingEvent.safeParse(json)
      return read.success ? [eventOfRecording(read.data)] : malformed('An event of a recording without its fields')
    }
    case '/result/callback': {
      const read = commandResult.safeParse(json)
      return read.success ? eventOfResult(read.data) : malformed('A result without its command')
    }
    default:
      return [{ type: 'unsupported', key: deliveryKey(delivery), reason: `MANGO event ${delivery.path || '/'}` }]
  }
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function eventOfCall(event: MangoCall): CallEvent {
  const direction = directionOf(event)
  // A call we asked for rings the employee first, with the client as its caller.
  const isAsked = event.command_id !== undefined && event.to.extension !== undefined
  const outer = direction === 'outbound' && !isAsked ? event.to : event.from
  const inner = direction === 'outbound' && !isAsked ? event.from : event.to
  const dialled = event.to.line_number ?? event.from.line_number
  return {
    type: 'call',
    key: `call:${event.call_id}:${event.seq}`,
    callId: event.entry_id,
    occurredAt: timeOf(event.timestamp),
    order: event.seq,
    direction,
    ...(direction !== 'internal' && { client: callerOf(outer.number, { isInternational: true }) }),
    ...shownEnds(event.from, event.to),
    ...(dialled && { dialled: plus(dialled) }),
    ...(event.command_id !== undefined && { requestId: event.command_id }),
    ...factOf(event, inner.extension ?? inner.number),
  }
}

/** In an IVR or a queue nobody of ours is there yet: being connected to it is no answer, leaving it is no end. */
function factOf(event: MangoCall, user: string | undefined): Pick<CallEvent, 'fact' | 'leg' | 'queue' | 'outcome'> {
  if (event.location === 'ivr') return { fact: 'started' }
  if (event.location === 'queue') return { fact: 'queued', ...(event.to.acd_group && { queue: event.to.acd_group }) }
  const leg = { id: event.call_id, ...(user !== undefined && { user }) }
  const outcome = outcomeOfLeg(event.disconnect_reason)
  switch (event.call_state) {
    case 'Appeared':
      return { fact: 'ringing', leg }
    case 'Connected':
      return { fact: 'answered', leg }
    case 'OnHold':
      return { fact: 'held', leg }
    case 'Disconnected':
      return { fact: 'left', leg, ...(outcome && { outcome }) }
  }
}

function directionOf(event: MangoCall): 'inbound' | 'outbound' | 'internal' {
  if (event.command_id !== undefined) return 'outbound'
  if (event.from.extension === undefined) return 'inbound'
  return event.to.extension === undefined ? 'outbound' : 'internal'
}

function eventOfSummary(event: MangoSummary): CallEvent {
  const direction = event.call_direction === 1 ? 'inbound' : event.call_direction === 2 ? 'outbound' : 'internal'
  const isOutbound = direction === 'outbound'
  const user = isOutbound ? event.from.extension : event.to.extension
  const isAnswered = event.entry_result === 1 && event.talk_time > 0
  return {
    type: 'call',
    key: `summary:${event.entry_id}`,
    callId: event.entry_id,
    occurredAt: timeOf(event.end_time),
    fact: 'summary',
    direction,
    ...(direction !== 'internal' && { client: callerOf((isOutbound ? event.to : event.from).number, { isInternational: true }) }),
    ...shownEnds(event.from, event.to),
    ...(event.line_number && { dialled: plus(event.line_number) }),
    ...(user && { leg: { id: 'summary', user } }),
    outcome: isAnswered ? 'answered' : outcomeOfCode(event.disconnect_reason, direction),
    startedAt: timeOf(event.create_time),
    ...(isAnswered && { answeredAt: timeOf(event.talk_time) }),
    endedAt: timeOf(event.end_time),
    waitSeconds: Math.max(0, (isAnswered ? event.talk_time : event.end_time) - event.create_time),
    talkSeconds: isAnswered ? Math.max(0, event.end_time - event.talk_time) : 0,
  }
}

function eventOfRecording(event: MangoRecording): RecordingEvent {
  const isDone = event.recording_state === 'Completed'
  const isKept = isDone && (event.completion_code ?? 1000) === 1000
  return {
    type: 'recording',
    key: `recording:${event.recording_id}:${event.seq}`,
    callId: event.entry_id,
    recordingId: event.recording_id,
    ...(event.timestamp !== undefined && { occurredAt: timeOf(event.timestamp) }),
    state: isKept ? 'available' : isDone ? 'absent' : 'expected',
    ...(isKept && { ref: event.recording_id }),
    ...(isDone && !isKept && { reason: event.completion_code === 4002 ? 'too_short' : `mango_${event.completion_code}` }),
    tracks: ['both'],
    ...(event.extension && { user: event.extension }),
  }
}

/** What was asked for did not come about: no event of the call itself will tell. */
function eventOfResult({ command_id: id, result }: { command_id: string; result: number }): InboundEvent[] {
  if (result === 1000) return []
  const name = `command:${id}`
  return [{ type: 'call', key: name, callId: name, requestId: id, fact: 'ended', direction: 'outbound', outcome: 'failed' }]
}

function eventsOfRow(row: ReturnType<typeof readStatistics>[number]): InboundEvent[] {
  const recordings = row.recordings.map((id) =>
    eventOfRecording({ recording_id: id, recording_state: 'Completed', seq: 0, entry_id: row.summary.entry_id }),
  )
  return [eventOfSummary(row.summary), ...recordings.map((event) => ({ ...event, key: `statistics:${event.recordingId}` }))]
}

function shownEnds(from: MangoCall['from'], to: MangoCall['to']): { caller?: string; callee?: string } {
  const caller = from.number ? plus(from.number) : from.extension
  const callee = to.extension ?? (to.number && plus(to.number))
  return { ...(caller && { caller }), ...(callee && { callee }) }
}

function plus(number: string): string {
  return /^\d{10,15}$/.test(number) ? `+${number}` : number
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
