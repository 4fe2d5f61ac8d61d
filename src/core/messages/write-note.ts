import { type Actor, actorId } from '../access/actor.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import type { EntryView } from '../timeline/entry.ts'
import { announceEntry } from './announce-entry.ts'
import { insertEntry, lockConversation, takeUploads, touchConversation } from './message-store.ts'

export interface NoteInput {
  conversationId: string
  actor: Actor
  text: string
  attachmentIds?: string[] | undefined
}

/** A note for colleagues: nothing is sent, the client still waits. Throws `not_found`, `invalid_request`. */
export async function writeNote(deps: { pool: Pool }, input: NoteInput): Promise<EntryView> {
  const text = input.text.replaceAll('\u0000', '')
  if (text.trim() === '') throw new CoreError('invalid_request', 'A note needs a text.')
  return inRetriedTransaction(deps.pool, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (!conversation) throw new CoreError('not_found')
    const at = new Date()
    const sortAt = new Date(Math.max(at.getTime(), conversation.lastEntryAt.getTime() + 1))
    const id = newId(sortAt.getTime())
    const attachmentIds = [...new Set(input.attachmentIds ?? [])]
    const taken = await takeUploads(tx, id, attachmentIds)
    if (taken.length !== attachmentIds.length) throw new CoreError('invalid_request', 'A file is unknown, not ready, or part of another message.')
    await insertEntry(tx, conversation, {
      id,
      kind: 'note',
      direction: 'internal',
      status: null,
      authorId: actorId(input.actor),
      from: null,
      to: null,
      subject: null,
      text,
      outgoing: null,
      automatic: null,
      at,
      sortAt,
    })
    await touchConversation(tx, conversation, sortAt, false)
    return announceEntry(tx, id, conversation.id)
  })
}
