import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { recordEvents } from '../timeline/record-events.ts'

/** Why a conversation changed hands. */
export type HandReason = 'taken' | 'handed_over' | 'rule' | 'absent' | 'unread' | 'dismissed'

export interface Hand {
  conversationId: string
  fromUserId: string | null
  toUserId: string | null
  toTeamId?: string | null | undefined
  reason: HandReason
  /** Who did it; null: the hub itself. */
  authorId: string | null
  note?: string | undefined
}

/** Keeps on the timeline who gave a client to whom, with what he said to it. */
export async function recordHands(tx: Transaction, hands: readonly Hand[]): Promise<void> {
  await recordEvents(
    tx,
    hands.map(({ conversationId, authorId, note, fromUserId, toUserId, toTeamId, reason }) => ({
      conversationId,
      authorId,
      text: note,
      extra: { event: 'assigned', reason, fromUserId, toUserId, ...(toTeamId ? { toTeamId } : {}) },
    })),
  )
}

/** Writes who has conversations now; `byRule`: he has still to look at them. What nobody has is shared out anew while the client waits. */
export async function giveConversations(tx: Transaction, gifts: { id: string; userId: string | null }[], byRule: boolean): Promise<void> {
  if (gifts.length === 0) return
  await tx.query(
    `update conversations v set assignee_id = given.user_id, assigned_at = now(), assigned_by_rule = $3, assignee_seen_at = null,
       route_at = case when given.user_id is null and v.waiting_since is not null then now() end
     from unnest($1::uuid[], $2::uuid[]) as given(id, user_id) where v.id = given.id`,
    [gifts.map((gift) => gift.id), gifts.map((gift) => gift.userId), byRule],
  )
}

/** Rings at those who may take it, or have it now. */
export async function ringFor(tx: Transaction, ids: string[], userIds: string[], { isGiven }: { isGiven: boolean }): Promise<void> {
  if (ids.length === 0 || userIds.length === 0) return
  const { rows } = await tx.query<{ id: string; contactId: string; cardId: string; name: string }>(
    `select v.id, v.contact_id as "contactId", c.card_id as "cardId", card.name from conversations v join contacts c on c.id = v.contact_id
     join contacts card on card.id = c.card_id where v.id = any($1::uuid[])`,
    [ids],
  )
  await appendLiveEvents(
    tx,
    rows.map(({ id, contactId, cardId, name }) => ({
      type: 'conversation.offered' as const,
      contactId,
      conversationId: id,
      subjectId: id,
      payload: { cardId, name, userIds, isGiven },
    })),
  )
}
