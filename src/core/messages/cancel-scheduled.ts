import { announceConversations } from '../conversations/announce-conversations.ts'
import type { Pool } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { lockConversation } from './message-store.ts'
import { finishScheduled, lockScheduled, readScheduled } from './scheduled-store.ts'

/** It will not be sent. Throws `not_found` when it has left or was cancelled already. */
export async function cancelScheduled({ pool }: { pool: Pool }, id: string): Promise<void> {
  const found = await readScheduled(pool, id)
  if (!found) throw new CoreError('not_found')
  await inRetriedTransaction(pool, async (tx) => {
    await lockConversation(tx, found.conversationId)
    if (!(await lockScheduled(tx, id))) throw new CoreError('not_found')
    await finishScheduled(tx, id, { state: 'cancelled' })
    await announceConversations(tx, [found.conversationId])
  })
}
