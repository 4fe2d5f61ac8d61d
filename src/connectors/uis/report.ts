import { z } from 'zod'
import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { type ReportRow, reportRow } from './payloads.ts'
import { parseBody } from './proof.ts'
import type { Settings } from './settings.ts'
import { outcomeOfReason } from './words.ts'

/** Under this path an answer of `get.calls_report` is kept as a delivery. */
export const reportPath = '/get.calls_report'

export const reportFields = [
  ...['id', 'start_time', 'finish_time', 'direction', 'is_lost', 'finish_reason', 'talk_duration', 'wait_duration', 'total_duration'],
  ...['contact_phone_number', 'virtual_phone_number', 'employees', 'call_records'],
]

export function eventsOfReport(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  const key = deliveryKey(delivery)
  const rows = z.array(z.unknown()).safeParse(parseBody(delivery.body)).data
  if (!rows) return [{ type: 'malformed', key, reason: 'The report is not a list of calls' }]
  const events = rows.flatMap((row, index): InboundEvent[] => {
    const read = reportRow.safeParse(row)
    if (!read.success || read.data.id === '' || read.data.id.length > 100) {
      return [{ type: 'malformed', key: `${key}:${index}`, reason: 'A call without its id' }]
    }
    return [callOf(read.data, settings), ...recordingsOf(read.data, settings)]
  })
  return [...new Map(events.map((event) => [event.key, event])).values()]
}

function callOf(row: ReportRow, { timeZone }: Settings): CallEvent {
  const direction = row.direction === 'out' ? 'outbound' : 'inbound'
  const startedAt = readTime(row.start_time ?? '', timeZone)
  const endedAt = readTime(row.finish_time ?? '', timeZone)
  const at = endedAt ?? startedAt
  const talk = row.talk_duration ?? 0
  const isAnswered = talk > 0 && row.is_lost !== true
  const user = (row.employees?.find((one) => one.is_answered) ?? row.employees?.[0])?.employee_id
  return {
    type: 'call',
    key: `report:${row.id}`,
    callId: row.id,
    fact: 'summary',
    direction,
    client: callerOf(row.contact_phone_number, { isInternational: true }),
    ...(at && { occurredAt: at }),
    ...(row.virtual_phone_number && {
      dialled: callerOf(row.virtual_phone_number, { isInternational: true }).identities[0]?.value ?? row.virtual_phone_number,
    }),
    ...(user && (isAnswered || direction === 'outbound') && { leg: { id: 'summary', user } }),
    outcome: isAnswered ? 'answered' : direction === 'inbound' ? 'missed' : outcomeOfReason(row.finish_reason),
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    ...(row.wait_duration !== undefined && { waitSeconds: row.wait_duration }),
    ...(isAnswered &&
      startedAt &&
      row.wait_duration !== undefined && { answeredAt: new Date(Date.parse(startedAt) + row.wait_duration * 1000).toISOString() }),
    talkSeconds: isAnswered ? talk : 0,
  }
}

function recordingsOf(row: ReportRow, settings: Settings): RecordingEvent[] {
  return (row.call_records ?? [])
    .filter((name) => /^[\w.-]{1,100}$/.test(name))
    .map((name) => ({
      type: 'recording',
      key: `recording:${row.id}:${name}`,
      callId: row.id,
      recordingId: name,
      state: 'available',
      ref: `${settings.mediaRoot.replace(/\/$/, '')}/system/media/talk/${encodeURIComponent(row.id)}/${name}/`,
      tracks: ['both'],
    }))
}
