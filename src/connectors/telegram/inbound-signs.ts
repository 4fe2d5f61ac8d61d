import type { InboundEvent } from '../../core/connector/event.ts'
import { writeMessageId } from './ids.ts'
import { isoTime, partyOf } from './party.ts'
import type { CallbackQuery, ChatMemberUpdated, MessageReaction } from './payloads.ts'

/** A pressed button: shown as a message with the button's caption. It has no time of its own. */
export function readCallbackQuery(query: CallbackQuery, updateId: number): InboundEvent[] {
  const { message, data = '' } = query
  if (message && message.chat.type !== 'private') return [unsupported(updateId, 'Buttons pressed in groups are not carried')]
  const label = message?.reply_markup?.inline_keyboard.flat().find((button) => button.callback_data === query.data)?.text
  const externalId = `button:${query.id}`
  return [
    {
      type: 'message',
      key: externalId,
      externalId,
      direction: 'inbound',
      from: partyOf(query.from),
      conversation: { by: 'contact' },
      text: label ?? data,
      ...(message ? { replyTo: writeMessageId({ chatId: message.chat.id, messageId: message.message_id }) } : {}),
      extra: { button: data },
    },
  ]
}

export function readReaction(reaction: MessageReaction, updateId: number): InboundEvent[] {
  const { chat, user } = reaction
  if (chat.type !== 'private' || !user) return [unsupported(updateId, 'Reactions in groups and channels are not carried')]
  const externalId = writeMessageId({ chatId: chat.id, messageId: reaction.message_id })
  return [
    {
      type: 'reaction',
      key: `reaction:${externalId}:${reaction.date}:${updateId}`,
      occurredAt: isoTime(reaction.date),
      externalId,
      from: partyOf(user),
      // Custom emoji are pictures with a number; a star stands for them.
      emoji: reaction.new_reaction.map((one) => one.emoji ?? '★').join(''),
    },
  ]
}

/** In a private chat this comes only when the client blocks the bot or lets it write again. */
export function readChatMember(change: ChatMemberUpdated, updateId: number): InboundEvent[] {
  if (change.chat.type !== 'private') return [unsupported(updateId, 'The place of the bot in a group or channel changed')]
  return [
    {
      type: 'blocked',
      key: `blocked:${change.from.id}:${change.date}:${updateId}`,
      occurredAt: isoTime(change.date),
      from: partyOf(change.from),
      blocked: change.new_chat_member.status === 'kicked',
    },
  ]
}

function unsupported(updateId: number, reason: string): InboundEvent {
  return { type: 'unsupported', key: `update:${updateId}`, reason }
}
