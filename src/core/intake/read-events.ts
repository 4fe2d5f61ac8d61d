import { createHash } from 'node:crypto'
import type { LoadedChannel } from '../channels/channel.ts'
import { deliveryIdHeader } from '../connector/delivery.ts'
import type { InboundAttachment, InboundEvent } from '../connector/event.ts'
import type { Files } from '../files/files.ts'
import { cleanText } from './clean-event.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { fitId } from './fit-id.ts'

/** An attachment whose content, when the delivery carried it, is already in file storage. */
export type StoredAttachment = Omit<InboundAttachment, 'bytes'> & { file?: string; sha256?: string }

type WithStoredAttachments<Event> = Event extends { attachments?: InboundAttachment[] }
  ? Omit<Event, 'attachments'> & { attachments: StoredAttachment[] }
  : Event
export type StoredEvent = WithStoredAttachments<InboundEvent>

/** A delivery as its connector reads it. */
export interface Reading {
  delivery: ClaimedDelivery
  channel: LoadedChannel
  events: StoredEvent[]
}

export const mostEvents = 2000

/**
 * Reads a delivery through its connector and stores the files it carries, by their hash, so that reading again changes nothing.
 * What a connector should not have thrown becomes one `malformed` event.
 */
export async function readEvents(files: Files, delivery: ClaimedDelivery, channel: LoadedChannel): Promise<Reading> {
  const events = await readContents(files, delivery, channel)
  return { delivery, channel, events: await Promise.all(events.map((event) => storeAttachments(files, event))) }
}

/** The same without storing anything: what its connector makes of a delivery, each key once. */
export async function readContents(files: Files, delivery: ClaimedDelivery, channel: LoadedChannel): Promise<InboundEvent[]> {
  const body = delivery.bodyFile === null ? delivery.raw.body : await files.read(delivery.bodyFile)
  const headers = { ...delivery.raw.headers, [deliveryIdHeader]: delivery.id }
  const events = await normalise(channel, { ...delivery.raw, headers, body, receivedAt: delivery.receivedAt })
  const fit = events.map((event) => fitIds(cleanText(event)))
  return [...new Map(fit.map((event) => [event.key, event])).values()]
}

async function normalise(channel: LoadedChannel, delivery: Parameters<LoadedChannel['connector']['normalise']>[0]): Promise<InboundEvent[]> {
  const malformed = (reason: string): InboundEvent[] => [{ type: 'malformed', key: `delivery:${delivery.headers[deliveryIdHeader]}`, reason }]
  try {
    const events = await channel.connector.normalise(delivery, channel.settings)
    return events.length > mostEvents ? malformed(`more than ${mostEvents} events in one delivery`) : events
  } catch (error) {
    return malformed(`the connector failed to read it: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500))
  }
}

async function storeAttachments(files: Files, event: InboundEvent): Promise<StoredEvent> {
  if (event.type !== 'message' && event.type !== 'form') return event
  const attachments: StoredAttachment[] = []
  for (const { bytes, ...attachment } of event.attachments ?? []) {
    if (!bytes) {
      attachments.push(attachment)
      continue
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const file = `attachments/${sha256.slice(0, 2)}/${sha256}`
    await files.write(file, bytes)
    attachments.push({ ...attachment, size: bytes.length, sha256, file })
  }
  return { ...event, attachments }
}

function fitIds<Event extends InboundEvent>(event: Event): Event {
  const ids: Record<string, unknown> = { key: fitId(event.key) }
  if ('externalId' in event) ids.externalId = fitId(event.externalId)
  if (event.part) ids.part = { ...event.part, group: fitId(event.part.group) }
  if (event.type === 'message') {
    const hint = event.conversation
    if (hint.by === 'thread') ids.conversation = { by: 'thread', id: fitId(hint.id) }
    if (hint.by === 'references') ids.conversation = { ...hint, references: hint.references.slice(0, 100).map(fitId) }
  }
  return { ...event, ...ids }
}
