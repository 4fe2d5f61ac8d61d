import { type Actor, actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type HandReason, recordHands, ringFor } from '../routing/hand-conversation.ts'
import { announceConversations } from './announce-conversations.ts'
import { lockAssignee, requireAssignee, setAssignee, takeWaitingOfCard } from './assignee-store.ts'
import type { ConversationView } from './conversation.ts'
import { requireConversation } from './conversation-store.ts'

interface Deps {
  pool: Pool
}

export interface Assignment {
  userId: string | null
  teamId?: string | null | undefined
  /** For the colleague: kept on the timeline with the hand-over. */
  note?: string | undefined
}

/**
 * "I take it": of two who take at once one wins. Whatever else of the client waits with nobody comes along. Throws `not_found`; `conflict` with
 * `assigneeId` and `assigneeName` when somebody else has it.
 */
export async function takeConversation({ pool }: Deps, id: string, { actor }: Caller): Promise<ConversationView> {
  const me = actorId(actor)
  if (me === null || actor.kind !== 'user') throw new CoreError('invalid_request', 'Only a user can take a conversation.')
  return await inTransaction(pool, async (tx) => {
    const { contactId } = await requireConversation(tx, actor, id)
    const before = await lockAssignee(tx, id)
    if (before.assigneeId === me) return await told(tx, [id])
    if (before.assigneeId !== null) throw new CoreError('conflict', `${before.assigneeName ?? 'Somebody'} has taken it already.`, { ...before })
    await setAssignee(tx, id, { userId: me })
    const along = await takeWaitingOfCard(tx, contactId, me)
    await recordHands(tx, [{ conversationId: id, fromUserId: null, toUserId: me, reason: 'taken', authorId: me }])
    return await told(tx, [id, ...along.filter((other) => other !== id)])
  })
}

/**
 * Gives it to a user, a team or nobody. What a colleague has only he himself or a manager gives away. Throws `not_found`; `forbidden` with
 * `assigneeName`; `invalid_request` when there is no such user or team, or he answers no clients.
 */
export async function assignConversation({ pool }: Deps, id: string, to: Assignment, { actor }: Caller): Promise<ConversationView> {
  return await inTransaction(pool, async (tx) => {
    await requireConversation(tx, actor, id)
    await requireAssignee(tx, to.userId, to.teamId)
    const before = await lockAssignee(tx, id)
    if (!mayReassign(actor, before.assigneeId)) {
      throw new CoreError('forbidden', `${before.assigneeName ?? 'A colleague'} has it: he can hand it over, or a manager.`, { ...before })
    }
    const isSame = before.assigneeId === to.userId && (to.teamId === undefined || to.teamId === before.teamId)
    await setAssignee(tx, id, to)
    if (to.userId !== null && to.userId !== actor.id && !isSame) await ringFor(tx, [id], [to.userId], { isGiven: true })
    if (!isSame || to.note) await recordHands(tx, [handOf(id, before.assigneeId, to, 'handed_over', actor)])
    return await told(tx, [id])
  })
}

function mayReassign(actor: Actor, assigneeId: string | null): boolean {
  return actor.role !== 'operator' || assigneeId === null || assigneeId === actor.id
}

function handOf(conversationId: string, fromUserId: string | null, to: Assignment, reason: HandReason, actor: Actor) {
  return { conversationId, fromUserId, toUserId: to.userId, toTeamId: to.teamId, reason, authorId: actorId(actor), note: to.note }
}

async function told(tx: Transaction, ids: string[]): Promise<ConversationView> {
  const [view] = await announceConversations(tx, ids)
  if (!view) throw new CoreError('not_found')
  return view
}
