import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { StoredWebhook } from './webhook-store.ts'

/** Tells the consoles of those who look after webhooks. */
export async function tellWebhookChanged(
  tx: Transaction,
  { id, name, state, reason }: Pick<StoredWebhook, 'id' | 'name' | 'state' | 'reason'>,
): Promise<void> {
  await appendLiveEvents(tx, [{ type: 'webhook.changed', subjectId: id, payload: { id, name, state, reason } }])
}
