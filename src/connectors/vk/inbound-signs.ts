import type { InboundEvent } from '../../core/connector/event.ts'
import { writeMessageId } from './ids.ts'
import { partyOf } from './party.ts'
import type { Around, Permission, PressedButton, Reaction, ReadMark } from './payloads.ts'

// Numbers of the reactions of VK: https://dev.vk.com/en/method/messages.sendReaction
const emoji: Record<number, string> = {
  1: '❤️',
  2: '🔥',
  3: '😂',
  4: '👍',
  5: '💩',
  6: '❓',
  7: '😭',
  8: '😡',
  9: '👎',
  10: '👌',
  11: '😁',
  12: '🤔',
  13: '🙏',
  14: '😘',
  15: '😍',
  16: '🎉',
}

/** A pressed button: VK tells its payload, not its caption. */
export function readButton(button: PressedButton): InboundEvent[] {
  const payload = typeof button.payload === 'string' ? button.payload : JSON.stringify(button.payload ?? '')
  const externalId = `button:${button.event_id}`
  const pressed = button.conversation_message_id
  return [
    {
      type: 'message',
      key: externalId,
      externalId,
      direction: 'inbound',
      from: partyOf(button.user_id),
      conversation: { by: 'contact' },
      text: payload,
      ...(pressed === undefined ? {} : { replyTo: writeMessageId(button.peer_id, pressed) }),
      extra: { button: payload },
    },
  ]
}

/** The client read up to this message; VK has no "delivered". That the community read the client is told as well, and says nothing of ours. */
export function readMarks(mark: ReadMark, { key }: Around): InboundEvent[] {
  if (mark.from_id < 0) return [{ type: 'unsupported', key: `event:${key}`, reason: 'The community read what the client wrote' }]
  const externalId = writeMessageId(mark.peer_id, mark.conversation_message_id)
  return [{ type: 'receipt', key: `read:${externalId}`, externalId, status: 'read', upTo: true }]
}

export function readReaction(reaction: Reaction, { key }: Around): InboundEvent[] {
  const externalId = writeMessageId(reaction.peer_id, reaction.cmid)
  const number = reaction.reaction_id
  return [
    {
      type: 'reaction',
      key: `reaction:${key}`,
      externalId,
      from: partyOf(reaction.reacted_id),
      // A new number is still a reaction; a star stands for it.
      emoji: number === undefined ? '' : (emoji[number] ?? '★'),
    },
  ]
}

export function readPermission({ user_id: userId }: Permission, { key }: Around, blocked: boolean): InboundEvent[] {
  return [{ type: 'blocked', key: `permission:${key}`, from: partyOf(userId), blocked }]
}
