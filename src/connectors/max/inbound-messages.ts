import type { InboundEvent, MessageReceived } from '../../core/connector/event.ts'
import { type Content, readContent, unreadParts } from './content.ts'
import { occurredAt, partyOf, readContact } from './party.ts'
import type { Message, Removed, User, WithMessage } from './payloads.ts'

/** A message in a dialog. MAX documents no echoes of a bot's own; should they come, they are ours. */
export function readCreated({ message, user_locale: locale }: WithMessage, key: string): InboundEvent[] {
  const content = carried(message, key)
  if ('type' in content) return [content]
  const { sender, recipient } = message
  if (!sender) return [{ type: 'unsupported', key: `update:${key}`, reason: 'A message without a sender' }]
  if (!sender.is_bot)
    return [{ ...messageOf(message, content), direction: 'inbound', from: partyOf(sender, { locale, phone: ownPhone(message, sender) }) }]
  if (recipient.user_id == null) return [{ type: 'unsupported', key: `update:${key}`, reason: 'A message of the bot to nobody' }]
  const client = partyOf({ user_id: recipient.user_id, is_bot: false })
  return [{ ...messageOf(message, content), direction: 'outbound', from: partyOf(sender), others: [client] }]
}

export function readEdited({ message, timestamp }: WithMessage, key: string): InboundEvent[] {
  const content = carried(message, key)
  if ('type' in content) return [content]
  const { mid } = message.body
  return [{ type: 'message.edited', key: `edit:${mid}:${timestamp}`, externalId: mid, ...occurredAt(timestamp), text: content.text }]
}

export function readRemoved({ message_id: mid, timestamp }: Removed): InboundEvent[] {
  return [{ type: 'message.deleted', key: `delete:${mid}`, externalId: mid, ...occurredAt(timestamp) }]
}

function messageOf(message: Message, content: Content): Omit<MessageReceived, 'direction' | 'from'> {
  const { body, link, timestamp } = message
  const answered = link?.type === 'reply' ? link.message?.mid : undefined
  return {
    type: 'message',
    key: `message:${body.mid}`,
    externalId: body.mid,
    ...occurredAt(timestamp),
    conversation: { by: 'contact' },
    text: content.text,
    ...(content.attachments.length > 0 ? { attachments: content.attachments } : {}),
    ...(answered ? { replyTo: answered } : {}),
    ...(Object.keys(content.extra).length > 0 ? { extra: content.extra } : {}),
  }
}

/** Proof of a phone only when the card is the sender's own: anybody can pass on the card of somebody else. */
function ownPhone({ body }: Message, sender: User): string | undefined {
  const cards = (body.attachments ?? []).filter(({ type }) => type === 'contact').map(readContact)
  return cards.find(({ userId }) => userId === sender.user_id)?.phone
}

/** The content of a message in a dialog, or why it is not carried. */
function carried(message: Message, key: string): Content | InboundEvent {
  const unsupported = (reason: string): InboundEvent => ({ type: 'unsupported', key: `update:${key}`, ...occurredAt(message.timestamp), reason })
  if (message.body.mid === '') return { type: 'malformed', key: `malformed:${key}`, reason: 'A message without an id' }
  if (message.recipient.chat_type !== 'dialog') return unsupported(`Groups and channels are not carried (${message.recipient.chat_type})`)
  return readContent(message) ?? unsupported(`Messages with ${unreadParts(message)} are not carried`)
}
