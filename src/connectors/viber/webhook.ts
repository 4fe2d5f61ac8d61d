import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { callViber } from './client.ts'
import { readCallback } from './payloads.ts'
import type { Settings } from './settings.ts'

const signatureHeader = 'x-viber-content-signature'

/** HMAC-SHA256 of the raw body under the bot's key, in the header or, in some deliveries, as `sig` of the query. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'Viber sends callbacks by POST' }
  const shown = request.headers[signatureHeader] ?? new URLSearchParams(request.query).get('sig')
  if (shown === null) return { is: 'refused', reason: 'The header X-Viber-Content-Signature is missing' }
  const expected = createHmac('sha256', channel.settings.token).update(request.body).digest('hex')
  if (!isSameSecret(shown, expected)) return { is: 'refused', reason: 'X-Viber-Content-Signature does not fit the body and the key' }
  // The question by which Viber sees, while the webhook is set, that somebody listens.
  return readCallback(request.body)?.event === 'webhook' ? { is: 'reply', reply: { status: 200 } } : { is: 'ok' }
}

/** One message has a callback for each thing that becomes of it. */
export function dedupeKey(request: Pick<RawDelivery, 'body'>): string | undefined {
  const callback = readCallback(request.body)
  return callback?.message_token === undefined ? undefined : `${callback.event}:${callback.message_token}`
}

const eventTypes = ['delivered', 'seen', 'failed', 'subscribed', 'unsubscribed', 'conversation_started']

/** Tells Viber where to send callbacks, names included. It asks the address at once, so the hub must be reachable already. */
export async function setUpWebhook({ settings, hookUrl }: Channel<Settings>, hub: Hub): Promise<void> {
  const body = { url: hookUrl, event_types: eventTypes, send_name: true, send_photo: true }
  await callViber(settings, hub, { path: '/pa/set_webhook', body }, z.unknown())
}
