import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { requireConversation } from './conversation-store.ts'
import { type DraftView, deleteDraft, selectDraft, writeDraft } from './draft-store.ts'

interface Deps {
  pool: Pool
}

/** Keeps what a user is writing, on every device of his; an empty text forgets it. Throws `not_found`. */
export async function saveDraft({ pool }: Deps, conversationId: string, text: string, { actor }: Caller): Promise<DraftView | null> {
  if (actor.kind !== 'user') throw new CoreError('invalid_request', 'Only a user has drafts.')
  return await inTransaction(pool, async (tx) => {
    const { contactId } = await requireConversation(tx, actor, conversationId)
    if (text === '') await deleteDraft(tx, conversationId, actor.id)
    else await writeDraft(tx, { conversationId, userId: actor.id, text })
    const draft = await selectDraft(tx, conversationId, actor.id)
    // The text stays out of the stream, which others read too.
    const payload = { conversationId, userId: actor.id, isEmpty: draft === null }
    await appendLiveEvents(tx, [{ type: 'draft.changed', contactId, conversationId, subjectId: actor.id, payload }])
    return draft
  })
}

/** The user's own draft; null when he has none. Throws `not_found`. */
export async function readDraft({ pool }: Deps, conversationId: string, { actor }: Caller): Promise<DraftView | null> {
  await requireConversation(pool, actor, conversationId)
  return await selectDraft(pool, conversationId, actor.id)
}
