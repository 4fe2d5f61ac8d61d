import type { z } from 'zod'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import { readCreated, readEdited, readRemoved } from './inbound-messages.ts'
import { readCallback, readStarted, readStopped } from './inbound-signs.ts'
import { callback, dialog, nameOf, readUpdate, removed, withMessage } from './payloads.ts'

type Reader = (value: unknown, key: string) => InboundEvent[]

const readers: Record<string, Reader> = {
  message_created: reader(withMessage, readCreated),
  message_edited: reader(withMessage, readEdited),
  message_removed: reader(removed, readRemoved),
  message_callback: reader(callback, readCallback),
  bot_started: reader(dialog, readStarted),
  bot_stopped: reader(dialog, readStopped),
}

/** One update to its events: https://dev.max.ru/docs-api/objects/Update */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  const update = readUpdate(delivery.body)
  if (!update) return [{ type: 'malformed', key: `malformed:${deliveryKey(delivery)}`, reason: 'The body is not an update of the Bot API' }]
  const key = nameOf(update).slice(0, 300)
  const read = Object.hasOwn(readers, update.update_type) ? readers[update.update_type] : undefined
  return read
    ? read(update, key)
    : [{ type: 'unsupported', key: `update:${key}`, reason: `Updates of the kind ${update.update_type} are not carried` }]
}

function reader<Value>(schema: z.ZodType<Value>, read: (value: Value, key: string) => InboundEvent[]): Reader {
  return (value, key) => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return read(parsed.data, key)
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the update itself').join(', ')
    return [{ type: 'malformed', key: `malformed:${key}`, reason: `Cannot be read: ${places}` }]
  }
}
