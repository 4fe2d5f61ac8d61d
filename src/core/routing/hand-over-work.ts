import type { AccessDeps } from '../access/access-deps.ts'
import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { changeUser } from '../access/change-user.ts'
import type { UserView } from '../access/user.ts'
import { markDisabled, removeSessions, requireAnotherAdmin } from '../access/user-store.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import { requireAssignee } from '../conversations/assignee-store.ts'
import type { Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { giveConversations, recordHands } from './hand-conversation.ts'
import { lockConversationsOf, moveCards, type WorkCounts } from './work-store.ts'

export interface WorkHandOver {
  userId: string
  /** Null: cards and tasks are nobody's, clients who wait are shared out anew. */
  toUserId: string | null
  /** He is switched off with it. */
  switchOff: boolean
}

/**
 * Gives all that somebody has in hand to a colleague, in one transaction with his switching off, audited with counts: nothing is left with
 * nobody looking. Throws `not_found`, `last_admin`; `invalid_request` for a colleague who answers no clients, or himself.
 */
export async function handOverWork(deps: AccessDeps, input: WorkHandOver, caller: Caller): Promise<{ user: UserView; moved: WorkCounts }> {
  const { userId, toUserId } = input
  if (userId === toUserId) throw new CoreError('invalid_request', 'Choose a colleague.')
  let moved: WorkCounts | undefined
  const user = await changeUser(deps, caller, async (tx) => {
    await requireAssignee(tx, toUserId, undefined)
    if (input.switchOff) {
      await requireAnotherAdmin(tx, userId)
      await markDisabled(tx, userId, true)
      await removeSessions(tx, userId)
    }
    const conversations = await moveConversations(tx, input, caller)
    moved = { ...conversations, ...(await moveCards(tx, { fromUserId: userId, toUserId, actorId: actorId(caller.actor) })) }
    await tx.query(`update presence set state = 'away', since = now() where user_id = $1 and state <> 'away'`, [userId])
    await appendLiveEvents(tx, [{ type: 'work.handed_over', subjectId: userId, payload: { userId, toUserId } }])
    return { id: userId, action: input.switchOff ? 'user.dismissed' : 'user.work_handed_over', detail: { toUserId, moved } }
  })
  if (!moved) throw new CoreError('internal')
  return { user, moved }
}

async function moveConversations(tx: Transaction, { userId, toUserId }: WorkHandOver, { actor }: Caller) {
  const held = await lockConversationsOf(tx, userId)
  const waiting = held.filter(({ isWaiting }) => isWaiting).map(({ id }) => id)
  await giveConversations(
    tx,
    held.map(({ id }) => ({ id, userId: toUserId })),
    false,
  )
  await recordHands(
    tx,
    waiting.map((conversationId) => ({ conversationId, fromUserId: userId, toUserId, reason: 'dismissed' as const, authorId: actorId(actor) })),
  )
  await announceConversations(tx, waiting)
  return { conversations: held.length, waiting: waiting.length }
}
