import type { InboundEvent, MessageReceived } from '../../core/connector/event.ts'
import { type Content, readContent, unreadParts } from './content.ts'
import { writeMessageId } from './ids.ts'
import { occurredAt, partyOf } from './party.ts'
import type { Around, Message, MessageNew } from './payloads.ts'

// https://dev.vk.com/en/api/messages: conversations of many people begin here.
const firstChat = 2_000_000_000

/** A message from a client; what the session found by itself tells his name besides, for the message may be known already. */
export function readNew({ message, client_info: client }: MessageNew, around: Around): InboundEvent[] {
  const content = carried(message, around)
  if ('type' in content) return [content]
  const from = partyOf(message.from_id, { profile: around.profile, languageId: client?.lang_id })
  const event: MessageReceived = { ...messageOf(message, content), direction: 'inbound', from }
  if (!around.isFound) return [event]
  return [event, { type: 'identity', key: `profile:${message.from_id}:${from.name ?? ''}`, from, learned: [] }]
}

/** What the community wrote, by us or by somebody in VK's own page: `admin_author_id` says by whom. */
export function readEcho(message: Message, around: Around): InboundEvent[] {
  const content = carried(message, around)
  if ('type' in content) return [content]
  const { admin_author_id: admin } = message
  const from = admin !== undefined && admin > 0 ? partyOf(admin) : { identities: [] }
  return [{ ...messageOf(message, content), direction: 'outbound', from, others: [partyOf(message.peer_id)] }]
}

export function readEdited(message: Message, around: Around): InboundEvent[] {
  const content = carried(message, around)
  if ('type' in content) return [content]
  const externalId = externalIdOf(message)
  const key = `edit:${externalId}:${around.key}`
  return [{ type: 'message.edited', key, externalId, ...occurredAt(message.update_time ?? message.date), text: content.text }]
}

function messageOf(message: Message, content: Content): Omit<MessageReceived, 'direction' | 'from'> {
  const externalId = externalIdOf(message)
  const answered = message.reply_message?.conversation_message_id
  const { ref, ref_source: refSource } = message
  return {
    type: 'message',
    key: `message:${externalId}`,
    externalId,
    ...occurredAt(message.date),
    conversation: { by: 'contact' },
    text: content.text,
    ...(content.attachments.length > 0 ? { attachments: content.attachments } : {}),
    ...(answered === undefined ? {} : { replyTo: writeMessageId(message.peer_id, answered) }),
    // What stood behind ?ref= in the link vk.me/… by which the client came.
    ...(ref ? { source: { campaign: ref, extra: { ref, ...(refSource ? { ref_source: refSource } : {}) } } } : {}),
    ...(Object.keys(content.extra).length > 0 ? { extra: content.extra } : {}),
  }
}

function externalIdOf(message: Message): string {
  const { peer_id: peer, conversation_message_id: number, id } = message
  return number === undefined ? `${peer}:id${id}` : writeMessageId(peer, number)
}

/** The content of a private message with a person, or why it is not carried. */
function carried(message: Message, around: Around): Content | InboundEvent {
  const unsupported = (reason: string): InboundEvent => ({ type: 'unsupported', key: `event:${around.key}`, ...occurredAt(message.date), reason })
  if (message.peer_id >= firstChat) return unsupported('Conversations of many people are not carried')
  if (message.peer_id <= 0) return unsupported('Conversations with other communities are not carried')
  return readContent(message) ?? unsupported(`Messages with ${unreadParts(message)} are not carried`)
}
