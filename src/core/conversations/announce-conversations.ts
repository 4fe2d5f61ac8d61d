import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { ConversationView } from './conversation.ts'
import { presentConversations } from './present-conversation.ts'

/** Tells the consoles how conversations stand now; gives the views in the order of `ids`. */
export async function announceConversations(tx: Transaction, ids: string[]): Promise<ConversationView[]> {
  const views = await presentConversations(tx, ids)
  await appendLiveEvents(
    tx,
    views.map((view) => ({
      type: 'conversation.changed' as const,
      contactId: view.contactId,
      conversationId: view.id,
      channelId: view.channelId,
      subjectId: view.id,
      payload: view,
    })),
  )
  return views
}
