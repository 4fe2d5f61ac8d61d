import { type Actor, actorId } from '../access/actor.ts'
import type { ChosenTemplate } from '../connector/approved-template.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { currentCursor } from '../realtime/read-live-events.ts'
import { lockConversation, type Recipient } from './message-store.ts'
import { insertScheduled } from './scheduled-store.ts'
import { refuseStaleReply } from './stale-reply.ts'
import { refuseUnknownForms, type WriteDeps, writableChannel } from './write-message.ts'

export interface ScheduleInput {
  actor: Actor
  conversationId: string
  text: string
  subject?: string | undefined
  cc?: Recipient[] | undefined
  attachmentIds?: string[] | undefined
  buttons?: string[] | undefined
  /** `text` says the same. */
  template?: ChosenTemplate | undefined
  lastSeenCursor?: string | undefined
  sendAt: Date
}

const farthestMs = 366 * 86_400_000

/**
 * Keeps a message to be sent at a time. Until then the client still waits, and nothing is in the outbox. Returns its id. Throws `StaleReply`, and
 * CoreErrors `not_found`, `invalid_request`, and what `writableChannel` and `refuseUnknownForms` throw.
 */
export async function scheduleMessage(deps: WriteDeps & { pool: Pool }, input: ScheduleInput): Promise<string> {
  const text = input.text.replaceAll('\u0000', '')
  if (text.trim() === '' && !input.attachmentIds?.length) throw new CoreError('invalid_request', 'A message needs a text or a file.')
  const waitMs = input.sendAt.getTime() - Date.now()
  if (waitMs <= 0 || waitMs > farthestMs) throw new CoreError('invalid_request', 'The time to send at lies in the past, or more than a year ahead.')
  return inRetriedTransaction(deps.pool, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (!conversation) throw new CoreError('not_found')
    const buttons = input.buttons?.length ? input.buttons : undefined
    refuseUnknownForms(writableChannel(deps.directory, conversation.channelId), { text, buttons, template: input.template })
    if (input.lastSeenCursor) await refuseStaleReply(tx, conversation.id, input.actor, input.lastSeenCursor)
    const id = newId()
    await insertScheduled(tx, {
      id,
      conversationId: conversation.id,
      author: input.actor,
      authorId: actorId(input.actor),
      text,
      subject: input.subject?.replaceAll('\u0000', '') ?? null,
      cc: input.cc ?? null,
      attachmentIds: [...new Set(input.attachmentIds ?? [])],
      buttons: buttons ?? null,
      template: input.template ?? null,
      seenCursor: await currentCursor(tx),
      sendAt: input.sendAt,
    })
    await announceConversations(tx, [conversation.id])
    return id
  })
}
