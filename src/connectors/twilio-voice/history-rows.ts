import { z } from 'zod'
import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { refOf, tracksOf } from './recordings.ts'

/** Under this path a piece of Twilio's own list is kept as a delivery. */
export const historyPath = '/history'

const seconds = z.coerce.number().int().min(0).max(1e7).catch(0)
const sid = z.string().regex(/^\w{1,64}$/)
const leg = z.object({
  sid,
  direction: z.string(),
  status: z.string(),
  from: z.string().default(''),
  to: z.string().default(''),
  duration: seconds,
  startTime: z.iso.datetime().optional(),
  endTime: z.iso.datetime().optional(),
})
const recording = z.object({ sid, status: z.string(), source: z.string().default(''), channels: z.coerce.number().catch(1), duration: seconds })
const call = z.object({ call: sid, legs: z.array(leg), recordings: z.array(recording) })
type Listed = z.infer<typeof call>
type Leg = z.infer<typeof leg>

/** Twilio's own list: what it says of a call comes after everything that was told while it ran. */
export function eventsOfHistory(delivery: ReceivedDelivery): InboundEvent[] {
  const items = itemsOf(delivery)
  const events = items?.flatMap((item, index): InboundEvent[] => {
    const read = call.safeParse(item)
    if (read.success) return eventsOfCall(read.data)
    return [{ type: 'malformed', key: `${deliveryKey(delivery)}:${index}`, reason: 'A call of the list without its fields' }]
  })
  const unique = new Map(events?.map((event) => [event.key, event]))
  return events === undefined ? [{ type: 'malformed', key: deliveryKey(delivery), reason: 'No list of calls' }] : [...unique.values()]
}

function itemsOf(delivery: ReceivedDelivery): unknown[] | undefined {
  try {
    return z.object({ calls: z.array(z.unknown()) }).safeParse(JSON.parse(Buffer.from(delivery.body).toString('utf8'))).data?.calls
  } catch {
    return undefined
  }
}

function eventsOfCall({ call: id, legs, recordings }: Listed): InboundEvent[] {
  const root = legs.find((one) => one.sid === id)
  const isAsked = root?.direction === 'outbound-api'
  if (root === undefined || root.endTime === undefined || !(isAsked || root.direction === 'inbound')) return []
  const isVoicemail = (source: string) => source === 'RecordVerb'
  const kept = recordings.filter((one) => one.status === 'completed')
  return [
    ended(
      root,
      legs.filter((one) => one !== root),
      { isAsked, hasVoicemail: kept.some(({ source }) => isVoicemail(source)) },
    ),
    ...kept.map((one): RecordingEvent => {
      const tracks = tracksOf({ channels: one.channels, isVoicemail: isVoicemail(one.source), isAsked })
      return {
        type: 'recording',
        key: `recording:${one.sid}:completed`,
        callId: id,
        recordingId: one.sid,
        state: 'available',
        ref: refOf(one.sid, one.channels),
        seconds: one.duration,
        tracks,
      }
    }),
  ]
}

/** An answer is said with its totals. Without one it is an end with its outcome, which yields to what the hooks told of queue and voicemail. */
function ended(root: Leg, others: Leg[], { isAsked, hasVoicemail }: { isAsked: boolean; hasVoicemail: boolean }): CallEvent {
  const answered = others
    .filter((one) => one.status === 'completed' && one.duration > 0)
    .toSorted((a, b) => a.startTime?.localeCompare(b.startTime ?? '') ?? 0)[0]
  const outer = isAsked ? others[0]?.to : root.from
  const common: CallEvent = {
    type: 'call',
    key: `history:${root.sid}`,
    callId: root.sid,
    fact: 'ended',
    order: 1_000_000,
    ...(root.endTime !== undefined && { occurredAt: at(root.endTime), endedAt: at(root.endTime) }),
    direction: isAsked ? 'outbound' : 'inbound',
    ...(outer !== undefined && { client: callerOf(outer) }),
    ...(root.startTime !== undefined && { startedAt: at(root.startTime) }),
    ...(!isAsked && { caller: root.from, callee: root.to, dialled: root.to }),
  }
  if (answered?.endTime !== undefined) {
    const answeredAt = new Date(Date.parse(answered.endTime) - answered.duration * 1000).toISOString()
    return { ...common, fact: 'summary', outcome: 'answered', answeredAt }
  }
  return { ...common, outcome: isAsked ? outcomeOfAsked(others[0]) : hasVoicemail ? 'voicemail' : 'missed' }
}

function outcomeOfAsked(client: Leg | undefined): NonNullable<CallEvent['outcome']> {
  if (client?.status === 'busy') return 'busy'
  if (client?.status === 'no-answer') return 'missed'
  return client?.status === 'failed' ? 'failed' : 'cancelled'
}

function at(time: string): string {
  return new Date(time).toISOString()
}
