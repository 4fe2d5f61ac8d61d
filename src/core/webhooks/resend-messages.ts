import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { makeDueAgain } from './message-store.ts'
import { lockWebhook } from './webhook-store.ts'

/** Sends one message again, or everything since a time: the same `webhook-id`, the content as the live stream has it. Throws `not_found`. */
export async function resendMessages(
  { pool }: { pool: Pool },
  what: { webhookId: string; messageId?: string; since?: string; onlyFailed: boolean },
  caller: Caller,
): Promise<{ due: number }> {
  return await inTransaction(pool, async (tx) => {
    await lockWebhook(tx, what.webhookId)
    const due = await makeDueAgain(tx, what)
    await recordAudit(tx, caller, { action: 'webhook.resent', subject: what.webhookId, detail: { ...what, due } })
    return { due }
  })
}
