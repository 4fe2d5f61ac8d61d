import { z } from 'zod'
import type { RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { type Call, createClient } from './client.ts'
import { nameOf, readUpdate, updateTypes } from './payloads.ts'
import { type Settings, webhookSecret } from './settings.ts'

const secretHeader = 'x-max-bot-api-secret'

/** MAX signs nothing; the secret it was given with the subscription comes with every update. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'MAX sends updates by POST' }
  const shown = request.headers[secretHeader]
  if (shown === undefined) return { is: 'refused', reason: 'The header X-Max-Bot-Api-Secret is missing' }
  if (!isSameSecret(shown, webhookSecret(channel.settings)))
    return { is: 'refused', reason: 'X-Max-Bot-Api-Secret is not the secret of this channel' }
  return { is: 'ok' }
}

export function dedupeKey(request: Pick<RawDelivery, 'body'>): string | undefined {
  const update = readUpdate(request.body)
  return update && nameOf(update)
}

const subscriptions = z.object({ subscriptions: z.array(z.object({ url: z.string() })).default([]) })

/** Addresses that MAX calls for this bot. */
export async function subscribedUrls(call: Call, signal?: AbortSignal): Promise<string[]> {
  const found = await call({ method: 'GET', path: '/subscriptions', ...(signal && { signal }) }, subscriptions)
  return found.subscriptions.map(({ url }) => url)
}

/** Tells MAX where to send updates. Nothing in polling mode, which a subscription would break. */
export async function setUpWebhook(channel: Channel<Settings>, hub: Hub): Promise<void> {
  const { settings, hookUrl } = channel
  if (settings.mode === 'polling') return
  const body = { url: hookUrl, secret: webhookSecret(settings), update_types: updateTypes }
  await createClient(settings, hub)({ method: 'POST', path: '/subscriptions', body }, z.object({ success: z.literal(true) }))
}
