import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { recordEvents } from '../timeline/record-events.ts'
import { announceConversations } from './announce-conversations.ts'
import type { ConversationView } from './conversation.ts'
import { endWaiting, requireConversation, restoreWaiting } from './conversation-store.ts'

interface Deps {
  pool: Pool
}

export const waitingEnds = ['not_needed', 'elsewhere'] as const
/** `not_needed`: there is nothing to answer. `elsewhere`: he was answered on a way that the hub does not see. */
export type WaitingEnd = (typeof waitingEnds)[number]

/** "No answer needed" or "answered elsewhere": the client leaves the waiting list, over all media. Throws `not_found`. */
export async function stopWaiting({ pool }: Deps, id: string, { actor }: Caller, reason: WaitingEnd = 'not_needed'): Promise<ConversationView> {
  return await inTransaction(pool, async (tx) => {
    const { contactId } = await requireConversation(tx, actor, id)
    const ended = await endWaiting(tx, contactId)
    if (ended.length > 0) {
      const extra = { event: 'waiting_ended', reason, ended: ended.map((one) => ({ ...one, waitingSince: one.waitingSince.toISOString() })) }
      await recordEvents(tx, [{ conversationId: id, authorId: actorId(actor), extra }])
    }
    return await told(tx, [id, ...ended.map((one) => one.id).filter((other) => other !== id)])
  })
}

/** Takes "no answer needed" back: the client waits since when he did. Does nothing where he was answered or waits anew. Throws `not_found`. */
export async function waitAgain({ pool }: Deps, id: string, { actor }: Caller): Promise<ConversationView> {
  return await inTransaction(pool, async (tx) => {
    await requireConversation(tx, actor, id)
    const restored = await restoreWaiting(tx, id)
    if (restored.length > 0) await recordEvents(tx, [{ conversationId: id, authorId: actorId(actor), extra: { event: 'waiting_restored' } }])
    return await told(tx, [id, ...restored.filter((other) => other !== id)])
  })
}

async function told(tx: Transaction, ids: string[]): Promise<ConversationView> {
  const [view] = await announceConversations(tx, ids)
  if (!view) throw new CoreError('not_found')
  return view
}
