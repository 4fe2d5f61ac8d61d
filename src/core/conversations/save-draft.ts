import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool, type Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { requireConversation } from './conversation-store.ts'

export interface DraftView {
  conversationId: string
  userId: string
  text: string
  updatedAt: string
}

interface Deps {
  pool: Pool
}

/** Keeps what a user is writing, on every device of his; an empty text forgets it. Throws `not_found`. */
export async function saveDraft({ pool }: Deps, conversationId: string, text: string, { actor }: Caller): Promise<DraftView | null> {
  if (actor.kind !== 'user') throw new CoreError('invalid_request', 'Only a user has drafts.')
  return await inTransaction(pool, async (tx) => {
    const { contactId } = await requireConversation(tx, actor, conversationId)
    if (text === '') await tx.query('delete from drafts where conversation_id = $1 and user_id = $2', [conversationId, actor.id])
    else {
      await tx.query(
        `insert into drafts (conversation_id, user_id, text) values ($1, $2, $3)
         on conflict (conversation_id, user_id) do update set text = excluded.text, updated_at = now()`,
        [conversationId, actor.id, text],
      )
    }
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

async function selectDraft(db: Queryable, conversationId: string, userId: string): Promise<DraftView | null> {
  const { rows } = await db.query<Omit<DraftView, 'updatedAt'> & { updatedAt: Date }>(
    `select conversation_id as "conversationId", user_id as "userId", text, updated_at as "updatedAt" from drafts where conversation_id = $1 and user_id = $2`,
    [conversationId, userId],
  )
  const [found] = rows
  return found ? { ...found, updatedAt: found.updatedAt.toISOString() } : null
}
