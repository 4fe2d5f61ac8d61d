import { createHash } from 'node:crypto'
import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, CallFact, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { type Notification, notification } from './payloads.ts'
import { parseBody } from './proof.ts'
import { eventsOfReport, reportPath } from './report.ts'
import type { Settings } from './settings.ts'
import { type Kind, kindOf } from './words.ts'

const facts: Record<Exclude<Kind, 'recorded'>, CallFact> = {
  incoming: 'started',
  outgoing: 'ringing',
  ringing: 'ringing',
  answered: 'answered',
  talk_ended: 'left',
  lost: 'ended',
  finished: 'summary',
}

export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  if (delivery.path === reportPath) return eventsOfReport(delivery, settings)
  const key = deliveryKey(delivery)
  const read = notification.safeParse(parseBody(delivery.body))
  if (!read.success) return [{ type: 'malformed', key, reason: 'A notification whose fields cannot be read' }]
  const told = read.data
  const kind = kindOf(told.event, told.notification_mnemonic)
  if (!kind) return [{ type: 'unsupported', key, reason: `UIS notification ${(told.notification_mnemonic ?? told.event ?? '').slice(0, 60)}` }]
  const callId = told.call_session_id
  if (callId === undefined || callId.length > 100) return [{ type: 'malformed', key, reason: 'The field call_session_id is missing' }]
  const at = readTime(told.notification_timestamp ?? '', settings.timeZone) ?? readTime(told.notification_time ?? '', settings.timeZone)
  if (kind !== 'recorded') return [callOf(told, { kind, callId, at: at ?? delivery.receivedAt.toISOString(), isTimed: at !== undefined })]
  const recording = recordingOf(told, callId, at)
  return recording ? [recording] : [{ type: 'malformed', key, reason: 'A recording without its link' }]
}

interface Told {
  kind: Exclude<Kind, 'recorded'>
  callId: string
  at: string
  isTimed: boolean
}

function callOf(told: Notification, { kind, callId, at, isTimed }: Told): CallEvent {
  const direction = directionOf(told, kind)
  const user = told.employee_id
  const fact = facts[kind]
  const isOfPhone = fact === 'ringing' || fact === 'answered' || fact === 'left'
  return {
    type: 'call',
    key: `call:${callId}:${kind}:${(user ?? '').slice(0, 100)}:${isTimed ? at : ''}`,
    callId,
    fact,
    occurredAt: at,
    ...(direction && { direction }),
    ...endsOf(told, direction),
    ...(user && isOfPhone && { leg: { id: user, user } }),
    ...(user && fact === 'summary' && { leg: { id: 'summary', user } }),
    ...(isOurId(told.external_id) && { requestId: told.external_id }),
    ...(kind === 'lost' && { outcome: 'missed' as const }),
    ...(kind === 'finished' && totalsOf(told, at)),
    ...(told.campaign_name && { source: { campaign: told.campaign_name } }),
  }
}

function directionOf(told: Notification, kind: Kind): CallEvent['direction'] {
  if (told.is_internal) return 'internal'
  if (told.direction === 'in' || told.direction === 'out') return told.direction === 'in' ? 'inbound' : 'outbound'
  if (kind === 'outgoing') return 'outbound'
  return kind === 'incoming' || kind === 'lost' ? 'inbound' : undefined
}

function endsOf(told: Notification, direction: CallEvent['direction']): Partial<CallEvent> {
  const client = told.contact_phone_number
  const inner = told.extension_phone_number
  const caller = told.calling_phone_number ?? (direction === 'outbound' ? inner : client)
  const callee = direction === 'inbound' ? (inner ?? told.called_phone_number) : (told.called_phone_number ?? client)
  return {
    ...(direction !== 'internal' && client && { client: callerOf(client, { isInternational: true, name: told.contact_full_name }) }),
    ...(direction === 'inbound' && !client && { client: { identities: [] } }),
    ...(caller && { caller: international(caller) }),
    ...(callee && { callee: international(callee) }),
    ...(told.virtual_phone_number && direction !== 'internal' && { dialled: international(told.virtual_phone_number) }),
  }
}

/** Whole seconds; the notification comes at the end. */
function totalsOf(told: Notification, endedAt: string): Partial<CallEvent> {
  const { talk_time_duration: talk, wait_time_duration: wait, total_time_duration: total } = told
  const before = (seconds: number) => new Date(Date.parse(endedAt) - seconds * 1000).toISOString()
  return {
    ...(talk !== undefined && { outcome: talk > 0 ? ('answered' as const) : ('missed' as const), talkSeconds: talk }),
    ...(total !== undefined && { startedAt: before(total) }),
    ...(talk !== undefined && talk > 0 && { answeredAt: before(talk) }),
    ...(wait !== undefined && { waitSeconds: wait }),
    endedAt,
  }
}

function recordingOf(told: Notification, callId: string, at: string | undefined): RecordingEvent | undefined {
  const link = told.file_link
  if (link === undefined || !/^https?:\/\//i.test(link) || !URL.canParse(link)) return undefined
  // As get.calls_report names it: …/system/media/talk/<call>/<name>/
  const name = new URL(link).pathname.split('/').findLast((part) => part !== '')
  const recordingId = name && name.length <= 100 ? name : createHash('sha256').update(link).digest('hex')
  return {
    type: 'recording',
    key: `recording:${callId}:${recordingId}`,
    callId,
    recordingId,
    ...(at && { occurredAt: at }),
    state: 'available',
    ref: link,
    tracks: ['both'],
    ...(told.file_duration !== undefined && { seconds: told.file_duration }),
    ...(told.employee_id && { user: told.employee_id }),
  }
}

/** Others may use `external_id`, too. */
function isOurId(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)
}

function international(number: string): string {
  return /^\d{10,15}$/.test(number) ? `+${number}` : number
}
