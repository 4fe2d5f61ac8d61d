import { announceConversations } from '../conversations/announce-conversations.ts'
import type { Transaction } from '../database/pool.ts'
import { putBackToWaiting } from './outbox-store.ts'

/** An answer that failed is none: unless another one left since, the client waits again, since he last wrote. */
export async function waitAgain(tx: Transaction, conversationId: string | null): Promise<void> {
  if (conversationId !== null && (await putBackToWaiting(tx, conversationId))) await announceConversations(tx, [conversationId])
}
