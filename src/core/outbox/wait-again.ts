import { presentConversations } from '../conversations/present-conversation.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { putBackToWaiting } from './outbox-store.ts'

/** An answer that failed is none: unless another one left since, the client waits again, since he last wrote. */
export async function waitAgain(pool: Pool, conversationId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    if (!(await putBackToWaiting(tx, conversationId))) return
    const views = await presentConversations(tx, [conversationId])
    await appendLiveEvents(
      tx,
      views.map((view) => ({
        type: 'conversation.changed',
        contactId: view.contactId,
        conversationId: view.id,
        channelId: view.channelId,
        subjectId: view.id,
        payload: view,
      })),
    )
  })
}
