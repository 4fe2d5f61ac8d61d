import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import { readBusinessMessage, readDeletedBusinessMessages, readEditedMessage, readMessage } from './inbound-messages.ts'
import { readCallbackQuery, readChatMember, readReaction } from './inbound-signs.ts'
import { callbackQuery, chatMemberUpdated, deletedBusinessMessages, message, messageReaction, readUpdate, type Update } from './payloads.ts'

type Reader = (value: unknown, updateId: number) => InboundEvent[]

const readers: Record<string, Reader> = {
  message: reader(message, readMessage),
  edited_message: reader(message, readEditedMessage),
  business_message: reader(message, readBusinessMessage),
  edited_business_message: reader(message, readEditedMessage),
  deleted_business_messages: reader(deletedBusinessMessages, readDeletedBusinessMessages),
  callback_query: reader(callbackQuery, readCallbackQuery),
  message_reaction: reader(messageReaction, readReaction),
  my_chat_member: reader(chatMemberUpdated, readChatMember),
}

/** One update to its events: https://core.telegram.org/bots/api#update */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  const update = readUpdate(delivery.body)
  if (!update) {
    const fingerprint = createHash('sha256').update(delivery.body).digest('hex').slice(0, 32)
    return [{ type: 'malformed', key: `malformed:${fingerprint}`, reason: 'The body is not an update of the Bot API' }]
  }
  const kind = kindOf(update)
  if (kind === undefined) return [unsupported(update, 'An update without content')]
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined
  return read ? read(update[kind], update.update_id) : [unsupported(update, `Updates of the kind ${kind} are not carried`)]
}

function kindOf(update: Update): string | undefined {
  return Object.keys(update).find((name) => name !== 'update_id')
}

function unsupported(update: Update, reason: string): InboundEvent {
  return { type: 'unsupported', key: `update:${update.update_id}`, reason }
}

function reader<Value>(schema: z.ZodType<Value>, read: (value: Value, updateId: number) => InboundEvent[]): Reader {
  return (value, updateId) => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return read(parsed.data, updateId)
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the item itself').join(', ')
    return [{ type: 'malformed', key: `malformed:${updateId}`, reason: `Cannot be read: ${places}` }]
  }
}
