import type { Vault } from '../channels/vault.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { postWebhook } from './post-webhook.ts'
import type { AttemptResult } from './webhook.ts'
import { selectWebhook } from './webhook-store.ts'

/** Sends `webhook.test` at once, whatever the state, and says what was answered. It holds nothing of clients. Throws `not_found`. */
export async function testWebhook({ pool, vault }: { pool: Pool; vault: Vault }, id: string): Promise<AttemptResult> {
  const webhook = await selectWebhook(pool, id)
  if (!webhook) throw new CoreError('not_found')
  return await postWebhook({ vault }, webhook, { id: newId(), type: 'webhook.test', at: new Date(), data: { webhookId: id, name: webhook.name } })
}
