import type { InboundEvent, MessageReceived } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { type Content, international, readContent } from './content.ts'
import { writeMessageId } from './ids.ts'
import { isoTime, partyOf } from './party.ts'
import { type DeletedBusinessMessages, type Message, type User, unreadParts } from './payloads.ts'

/** A message in the bot's own chats. */
export function readMessage(message: Message, updateId: number): InboundEvent[] {
  const refusal = notCarried(message, updateId)
  const { from } = message
  if (refusal || !from) return refusal ? [refusal] : [unsupported(message, updateId, 'A message without a sender')]
  const content = readContent(message)
  if (!content) return [unsupported(message, updateId, `Messages with ${unreadParts(message)} are not carried`)]
  return [received(message, content, 'inbound', senderOf(message, from))]
}

/** A message in a private chat of the owner's account: the owner's own come here too, as echoes. */
export function readBusinessMessage(message: Message, updateId: number): InboundEvent[] {
  const { from, chat } = message
  // In a private chat the chat's number is the client's; whoever else writes there is the owner or a bot on his behalf.
  if (!from || from.id === chat.id || chat.type !== 'private') return readMessage(message, updateId)
  const content = readContent(message)
  if (!content) return [unsupported(message, updateId, `Messages with ${unreadParts(message)} are not carried`)]
  return [{ ...received(message, content, 'outbound', partyOf(from)), others: [partyOf(chat)] }]
}

/** An edit, in either kind of chat. May come for changes nobody sees; core compares the text. */
export function readEditedMessage(message: Message, updateId: number): InboundEvent[] {
  const refusal = notCarried(message, updateId)
  if (refusal) return [refusal]
  const content = readContent(message)
  if (!content) return [unsupported(message, updateId, `Messages with ${unreadParts(message)} are not carried`)]
  const editedAt = message.edit_date ?? message.date
  const externalId = externalIdOf(message)
  // Two edits may fall into one second, so the number of the update is part of the key.
  const key = `edit:${externalId}:${editedAt}:${updateId}`
  return [{ type: 'message.edited', key, externalId, occurredAt: isoTime(editedAt), text: content.text }]
}

export function readDeletedBusinessMessages(deleted: DeletedBusinessMessages): InboundEvent[] {
  return deleted.message_ids.map((messageId) => {
    const externalId = writeMessageId({ chatId: deleted.chat.id, messageId, businessConnectionId: deleted.business_connection_id })
    return { type: 'message.deleted', key: `delete:${externalId}`, externalId }
  })
}

function received(message: Message, content: Content, direction: MessageReceived['direction'], from: Party): MessageReceived {
  const externalId = externalIdOf(message)
  const answered = message.reply_to_message
  const start = /^\/start(?:@\w+)? (?<payload>\S+)$/.exec(content.text)?.groups?.payload
  return {
    type: 'message',
    key: `message:${externalId}`,
    externalId,
    direction,
    from,
    occurredAt: isoTime(message.date),
    conversation: { by: 'contact' },
    text: content.text,
    ...(content.attachments.length > 0 ? { attachments: content.attachments } : {}),
    ...(answered ? { replyTo: externalIdOf({ ...message, message_id: answered.message_id }) } : {}),
    // What stood behind ?start= in the link by which the client came.
    ...(start === undefined ? {} : { source: { campaign: start, extra: { start } } }),
    ...(Object.keys(content.extra).length > 0 ? { extra: content.extra } : {}),
  }
}

/**
 * Whoever shares his own contact is known by that phone too, so that his first message already lands on his card. It is a proof only when it is
 * the sender's own: anybody can pass on the card of somebody else.
 */
function senderOf({ contact }: Message, from: User): Party {
  const party = partyOf(from)
  if (!contact || contact.user_id !== from.id) return party
  return { ...party, identities: [...party.identities, { kind: 'phone', value: international(contact.phone_number), evidence: 'attested' }] }
}

function externalIdOf(message: Pick<Message, 'chat' | 'message_id' | 'business_connection_id'>): string {
  return writeMessageId({ chatId: message.chat.id, messageId: message.message_id, businessConnectionId: message.business_connection_id })
}

function notCarried(message: Message, updateId: number): InboundEvent | undefined {
  if (message.chat.type === 'private') return undefined
  return unsupported(message, updateId, `Groups and channels are not carried (${message.chat.type} "${message.chat.title ?? message.chat.id}")`)
}

function unsupported(message: Message, updateId: number, reason: string): InboundEvent {
  return { type: 'unsupported', key: `update:${updateId}`, occurredAt: isoTime(message.date), reason }
}
