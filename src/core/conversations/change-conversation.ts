import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { recordEvents } from '../timeline/record-events.ts'
import { announceConversations } from './announce-conversations.ts'
import type { ConversationView } from './conversation.ts'
import { closeConversation, reopenConversation, requireConversation, snoozeOfCard } from './conversation-store.ts'

interface Deps {
  pool: Pool
}

/** Nothing more is expected; something new of the client opens it again. Throws `not_found`. */
export async function finishConversation(deps: Deps, id: string, caller: Caller): Promise<ConversationView> {
  return await onConversation(deps, id, caller, async (tx) => {
    await closeConversation(tx, id)
    await recordEvents(tx, [{ conversationId: id, authorId: actorId(caller.actor), extra: { event: 'closed' } }])
    return []
  })
}

/** Throws `not_found`. */
export async function resumeConversation(deps: Deps, id: string, caller: Caller): Promise<ConversationView> {
  return await onConversation(deps, id, caller, async (tx) => {
    await reopenConversation(tx, id)
    return []
  })
}

/**
 * Out of the waiting list until a time, with whatever else the client waits for; null wakes it. Something new of the client wakes it too.
 * Throws `not_found`; `invalid_request` for a time that is past or more than a year away.
 */
export async function snoozeConversation(deps: Deps, id: string, until: Date | null, caller: Caller): Promise<ConversationView> {
  const ahead = until === null ? 1 : until.getTime() - Date.now()
  if (ahead <= 0 || ahead > 366 * 86_400_000) throw new CoreError('invalid_request', 'Choose a time from now on, within a year.')
  return await onConversation(deps, id, caller, (tx, contactId) => snoozeOfCard(tx, { id, contactId, until }))
}

/** `work` gives the ids of further conversations that it changed. */
async function onConversation(
  { pool }: Deps,
  id: string,
  { actor }: Caller,
  work: (tx: Transaction, contactId: string) => Promise<string[]>,
): Promise<ConversationView> {
  return await inTransaction(pool, async (tx) => {
    const { contactId } = await requireConversation(tx, actor, id)
    const others = await work(tx, contactId)
    const [view] = await announceConversations(tx, [id, ...others.filter((other) => other !== id)])
    if (!view) throw new CoreError('not_found')
    return view
  })
}
