import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import { eventsOfLiveCdr, eventsOfRows } from './cdr.ts'
import { cdrPath } from './cdr-rows.ts'
import { type Notes, readNotes } from './notes.ts'
import { eventsOfPacket, type Moment } from './packet-events.ts'
import { type Packet, readPacket } from './packets.ts'
import { recordingEvent } from './recording-names.ts'
import { requestOf } from './request-names.ts'
import type { Settings } from './settings.ts'

/** A clock that is further off than this is not believed, ms. */
const mostSkewMs = 600_000

/** Packets as AMI sent them, and what the session noted beside them; or rows of the CDR. */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  const text = Buffer.from(delivery.body).toString('utf8')
  if (delivery.path === cdrPath) return unique(eventsOfRows(text, settings))
  const notes = readNotes(delivery)
  const readAt = notes.at ?? delivery.receivedAt.toISOString()
  const items = text.split('\r\n\r\n').filter((one) => one.trim() !== '')
  const events = items.flatMap((item, index) => eventsOfItem(item, { delivery, settings, readAt, order: notes.order + index, index }))
  const noted = eventsOfNotes(notes, settings, readAt, notes.order + items.length)
  if (items.length === 0 && noted.length === 0) return [{ type: 'malformed', key: deliveryKey(delivery), reason: 'Nothing that AMI says' }]
  return unique([...events, ...noted])
}

interface Place {
  delivery: ReceivedDelivery
  settings: Settings
  readAt: string
  order: number
  index: number
}

function eventsOfItem(item: string, { delivery, settings, readAt, order, index }: Place): InboundEvent[] {
  const packet = readPacket(item)
  const key = `${deliveryKey(delivery)}:${index}`
  const event = packet.get('event')
  if (event === undefined) return [{ type: 'malformed', key, reason: 'A packet that is no event' }]
  const moment: Moment = { at: momentOf(packet, readAt), order }
  const events = event.toLowerCase() === 'cdr' ? eventsOfLiveCdr(packet, settings, moment) : eventsOfPacket(packet, settings, moment)
  if (typeof events === 'string') return [{ type: 'malformed', key, reason: events }]
  return events ?? [{ type: 'unsupported', key, reason: `AMI event ${event.slice(0, 80)}` }]
}

/** `timestampevents = yes` dates the packets, by Asterisk's own clock. */
function momentOf(packet: Packet, readAt: string): string {
  const written = Number(packet.get('timestamp')) * 1000
  return Math.abs(written - Date.parse(readAt)) < mostSkewMs ? new Date(written).toISOString() : readAt
}

function eventsOfNotes({ linked, over }: Notes, settings: Settings, readAt: string, order: number): InboundEvent[] {
  return [
    ...linked.map(
      ({ from, to }): InboundEvent => ({
        type: 'call',
        key: `linked:${from}:${to}`,
        callId: to,
        otherCallId: from,
        fact: 'linked',
        occurredAt: readAt,
        order,
      }),
    ),
    ...over.flatMap(({ callId, at = readAt, outcome, files }): InboundEvent[] => {
      const requestId = requestOf(callId)
      return [
        {
          type: 'call',
          key: `over:${callId}`,
          callId,
          fact: 'ended',
          occurredAt: at,
          order,
          ...(requestId !== undefined && { requestId }),
          ...(outcome && { outcome }),
        },
        ...files.map((file) => recordingEvent({ callId, file, state: 'available', at }, settings)),
      ]
    }),
  ]
}

/** Of equal keys the first stays: what was heard goes before what the CDR says of it. */
function unique(events: InboundEvent[]): InboundEvent[] {
  const first = new Map<string, InboundEvent>()
  for (const event of events) if (!first.has(event.key)) first.set(event.key, event)
  return [...first.values()]
}
