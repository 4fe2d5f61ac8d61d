import type { Queryable, Transaction } from '../database/pool.ts'

export interface DraftView {
  conversationId: string
  userId: string
  text: string
  updatedAt: string
}

export async function writeDraft(tx: Transaction, draft: { conversationId: string; userId: string; text: string }): Promise<void> {
  await tx.query(
    `insert into drafts (conversation_id, user_id, text) values ($1, $2, $3)
     on conflict (conversation_id, user_id) do update set text = excluded.text, updated_at = now()`,
    [draft.conversationId, draft.userId, draft.text],
  )
}

export async function deleteDraft(tx: Transaction, conversationId: string, userId: string): Promise<void> {
  await tx.query('delete from drafts where conversation_id = $1 and user_id = $2', [conversationId, userId])
}

export async function selectDraft(db: Queryable, conversationId: string, userId: string): Promise<DraftView | null> {
  const { rows } = await db.query<Omit<DraftView, 'updatedAt'> & { updatedAt: Date }>(
    `select conversation_id as "conversationId", user_id as "userId", text, updated_at as "updatedAt" from drafts where conversation_id = $1 and user_id = $2`,
    [conversationId, userId],
  )
  const [found] = rows
  return found ? { ...found, updatedAt: found.updatedAt.toISOString() } : null
}
