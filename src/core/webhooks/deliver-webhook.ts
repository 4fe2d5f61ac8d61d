import { systemActor } from '../access/actor.ts'
import { recordAudit } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { type ClaimedMessage, claimMessage, finishMessage, insertAttempt, noteDelivered, noteFailure } from './message-store.ts'
import { type PostDeps, postWebhook } from './post-webhook.ts'
import { tellWebhookChanged } from './tell-webhook.ts'
import { type AttemptResult, afterAttempt, disabledBy } from './webhook.ts'
import { lockWebhook, selectWebhook, updateWebhook } from './webhook-store.ts'

/**
 * One attempt at the message of this webhook that is due first. The claim is committed before the request and the outcome after it: a killed
 * process leaves a claim that lapses, so the receiver may see a message twice and never misses one. False: nothing is due.
 */
export async function deliverNext(deps: PostDeps & { pool: Pool }, webhookId: string): Promise<boolean> {
  const message = await claimMessage(deps.pool, webhookId)
  const webhook = message && (await selectWebhook(deps.pool, webhookId))
  if (!message || !webhook) return false
  const at = new Date()
  const result: AttemptResult =
    message.payload === null
      ? { status: null, error: 'The live stream no longer has this event.', latencyMs: 0, answer: '' }
      : await postWebhook(deps, webhook, { id: message.id, type: message.type, at: message.at, data: message.payload })
  await inTransaction(deps.pool, async (tx) => {
    await insertAttempt(tx, { ...result, id: newId(), messageId: message.id, at })
    await settle(tx, message, result)
  })
  return true
}

async function settle(tx: Transaction, message: ClaimedMessage, result: AttemptResult): Promise<void> {
  const next = message.payload === null ? ({ is: 'failed' } as const) : afterAttempt(result, message.attempts, Math.random())
  if (next.is === 'delivered') {
    await finishMessage(tx, message, { status: 'delivered', waitMs: 0 })
    await noteDelivered(tx, message.webhookId)
    return
  }
  await finishMessage(tx, message, next.is === 'failed' ? { status: 'failed', waitMs: 0 } : { status: 'due', waitMs: next.waitMs })
  if (message.payload === null) return
  const failingSince = await noteFailure(tx, message.webhookId, next.is === 'again' ? next.webhookWaitMs : 0)
  const reason = disabledBy(result, failingSince, new Date())
  if (!reason) return
  const webhook = await lockWebhook(tx, message.webhookId)
  await updateWebhook(tx, { ...webhook, state: 'disabled', reason })
  await tellWebhookChanged(tx, { ...webhook, state: 'disabled', reason })
  await recordAudit(tx, { actor: systemActor }, { action: 'webhook.disabled', subject: webhook.id, detail: { name: webhook.name, reason } })
}
