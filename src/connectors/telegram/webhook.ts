import { z } from 'zod'
import type { HookReply, RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isSameSecret } from '../../core/connector/same-secret.ts'
import { createClient } from './client.ts'
import { allowedUpdates, callbackQuery, readUpdate } from './payloads.ts'
import { type Settings, webhookSecret } from './settings.ts'

const secretHeader = 'x-telegram-bot-api-secret-token'

/** Telegram signs nothing; the secret it was given at `setWebhook` comes with every update. */
export function verify(request: RawDelivery, channel: Channel<Settings>): Verdict {
  if (request.method !== 'POST') return { is: 'refused', reason: 'Telegram sends updates by POST' }
  const shown = request.headers[secretHeader]
  if (shown === undefined) return { is: 'refused', reason: 'The header X-Telegram-Bot-Api-Secret-Token is missing' }
  if (!isSameSecret(shown, webhookSecret(channel.settings))) {
    return { is: 'refused', reason: 'X-Telegram-Bot-Api-Secret-Token is not the secret of this channel' }
  }
  return { is: 'ok' }
}

/**
 * Numbers of updates rise per bot, but start anew at a random place after a quiet week, so the update's own time is part of the key.
 * https://core.telegram.org/bots/api#update
 */
export function dedupeKey(request: Pick<RawDelivery, 'body'>): string | undefined {
  const update = readUpdate(request.body)
  if (!update) return undefined
  const item = Object.entries(update).find(([name]) => name !== 'update_id')?.[1]
  const time = z.object({ date: z.number(), edit_date: z.number().optional() }).safeParse(item).data
  return time ? `${update.update_id}:${time.edit_date ?? time.date}` : String(update.update_id)
}

/** A pressed button spins until it is answered; the answer to the webhook may hold that one call. */
export function reply(request: RawDelivery): HookReply {
  const id = pressedButton(request.body)
  if (id === undefined) return { status: 200 }
  const body = JSON.stringify({ method: 'answerCallbackQuery', callback_query_id: id })
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}

/** Id of the callback query that waits for `answerCallbackQuery`. */
export function pressedButton(body: Uint8Array): string | undefined {
  return callbackQuery.safeParse(readUpdate(body)?.callback_query).data?.id
}

/** Tells Telegram where to send updates. Nothing in polling mode, which a webhook would break. */
export async function setUpWebhook(channel: Channel<Settings>): Promise<void> {
  const { settings, hookUrl } = channel
  if (settings.mode === 'polling') return
  const call = createClient(settings)
  const payload = { url: hookUrl, secret_token: webhookSecret(settings), allowed_updates: allowedUpdates, max_connections: 40 }
  await call('setWebhook', payload, z.literal(true))
}
