import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceConversations } from './announce-conversations.ts'
import type { ConversationView } from './conversation.ts'
import {
  closeConversation,
  endWaiting,
  readAssignee,
  reopenConversation,
  requireAssignee,
  requireConversation,
  setAssignee,
} from './conversation-store.ts'

interface Deps {
  pool: Pool
}

/** "I take it": of two who take at once one wins. Throws `not_found`; `conflict` with `assigneeId` and `assigneeName` when somebody else has it. */
export async function takeConversation(deps: Deps, id: string, caller: Caller): Promise<ConversationView> {
  const me = actorId(caller.actor)
  if (me === null || caller.actor.kind !== 'user') throw new CoreError('invalid_request', 'Only a user can take a conversation.')
  return await onConversation(deps, id, caller, async (tx) => {
    if (await setAssignee(tx, id, { from: [null, me], to: me })) return
    const taken = await readAssignee(tx, id)
    throw new CoreError('conflict', `${taken.assigneeName ?? 'Somebody'} has taken it already.`, { ...taken })
  })
}

/** Gives it to a user, a team or nobody. Throws `not_found`; `invalid_request` when there is no such user or team. */
export async function assignConversation(
  deps: Deps,
  id: string,
  to: { userId: string | null; teamId?: string | null | undefined },
  caller: Caller,
): Promise<ConversationView> {
  return await onConversation(deps, id, caller, async (tx) => {
    await requireAssignee(tx, to.userId, to.teamId)
    await setAssignee(tx, id, { from: undefined, to: to.userId, teamId: to.teamId })
  })
}

/** Nothing more is expected; something new of the client opens it again. Throws `not_found`. */
export async function finishConversation(deps: Deps, id: string, caller: Caller): Promise<ConversationView> {
  return await onConversation(deps, id, caller, (tx) => closeConversation(tx, id))
}

/** Throws `not_found`. */
export async function resumeConversation(deps: Deps, id: string, caller: Caller): Promise<ConversationView> {
  return await onConversation(deps, id, caller, (tx) => reopenConversation(tx, id))
}

/** "No answer needed" or "answered elsewhere": the client leaves the waiting list, over all media. Throws `not_found`. */
export async function stopWaiting({ pool }: Deps, id: string, { actor }: Caller): Promise<ConversationView> {
  return await inTransaction(pool, async (tx) => {
    const { contactId } = await requireConversation(tx, actor, id)
    const ended = await endWaiting(tx, contactId)
    const [view] = await announceConversations(tx, [id, ...ended.filter((other) => other !== id)])
    if (!view) throw new CoreError('not_found')
    return view
  })
}

async function onConversation({ pool }: Deps, id: string, { actor }: Caller, work: (tx: Transaction) => Promise<void>): Promise<ConversationView> {
  return await inTransaction(pool, async (tx) => {
    await requireConversation(tx, actor, id)
    await work(tx)
    const [view] = await announceConversations(tx, [id])
    if (!view) throw new CoreError('not_found')
    return view
  })
}
