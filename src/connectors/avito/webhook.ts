import { z } from 'zod'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { createClient } from './client.ts'
import { readBody, readValue } from './payloads.ts'
import type { Settings } from './settings.ts'

/** Avito documents no proof: the secret of the address is all there is. An empty object is its question whether somebody listens. */
export function verify(request: RawDelivery): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'Avito sends events by POST' }
  const body = readBody(request.body)
  const isProbe = typeof body === 'object' && body !== null && Object.keys(body).length === 0
  return isProbe ? { is: 'reply', reply: { status: 200 } } : { is: 'ok' }
}

export function dedupeKey(request: Pick<RawDelivery, 'body'>): string | undefined {
  const message = readValue(request.body)
  return message && `${message.user_id}:${message.chat_id}:${message.id}:${message.type}`
}

/** Tells Avito where to send messages. It asks the address at once and wants 200 within two seconds. */
export async function setUpWebhook({ settings, hookUrl }: Channel<Settings>, hub: Hub): Promise<void> {
  await createClient(settings, hub)({ path: '/messenger/v3/webhook', body: { url: hookUrl } }, z.object({ ok: z.literal(true) }))
}
