import type { Caller } from '../access/audit.ts'
import { type ComposeDeps, type ComposeInput, composeMessage } from '../messages/compose-message.ts'
import type { EntryView } from '../timeline/entry.ts'
import { announceConversations } from './announce-conversations.ts'
import { keepAnswered } from './assignee-store.ts'
import { endWaiting, requireConversation } from './conversation-store.ts'

/**
 * Sends an answer. Answered in one medium, the client waits in none: he leaves the waiting list with the message itself, so that what he writes
 * behind it makes him wait anew; and what nobody has stays with who answered. Throws what `composeMessage` throws, and `not_found` for a
 * conversation that the actor may not see.
 */
export async function sendAnswer(deps: ComposeDeps, input: Omit<ComposeInput, 'actor'>, { actor }: Caller): Promise<EntryView> {
  const { contactId } = await requireConversation(deps.pool, actor, input.conversationId)
  return await composeMessage(deps, { ...input, actor }, async (tx) => {
    if (actor.kind === 'user') await keepAnswered(tx, input.conversationId, actor.id)
    const ended = await endWaiting(tx, contactId)
    await announceConversations(
      tx,
      ended.map(({ id }) => id),
    )
  })
}
