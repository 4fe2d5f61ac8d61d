import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import type { Channel, ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { keepAsking, type Turn } from '../../core/connector/keep-asking.ts'
import { type Call, createClient } from './client.ts'
import type { Settings } from './settings.ts'
import { setUpWebhook } from './webhook.ts'

const everyMs = 5 * 60_000
// An error Telegram remembers is old news after this; it keeps the last one for ever.
const recentSeconds = 15 * 60

const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number().default(0),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
})

/** Registers the webhook when it is not ours yet, then asks Telegram every five minutes how its deliveries go. */
export function watchWebhook(channel: Channel<Settings>, hub: Hub): Session {
  const call = createClient(channel.settings)
  return keepAsking(hub, async (turn) => ({ health: await inspect(channel, hub, call, turn), waitMs: everyMs }))
}

async function inspect(channel: Channel<Settings>, hub: Hub, call: Call, { isFirst, signal }: Turn): Promise<ChannelHealth> {
  const info = await call('getWebhookInfo', {}, webhookInfo, { signal })
  if (info.url !== channel.hookUrl) {
    if (!isFirst) return attention('Another program took over the webhook of this bot', 'Вебхук этого бота забрала другая программа')
    await setUpWebhook(channel)
    return { state: 'ok' }
  }
  const age = hub.clock.now().getTime() / 1000 - (info.last_error_date ?? 0)
  if (info.last_error_message === undefined || age > recentSeconds) return { state: 'ok' }
  const waiting = info.pending_update_count
  return attention(
    `Telegram could not deliver: ${info.last_error_message} (${waiting} waiting)`,
    `Telegram не смог доставить: ${info.last_error_message} (ждут: ${waiting})`,
  )
}

function attention(en: string, ru: string): ChannelHealth {
  return { state: 'attention', detail: { en, ru } }
}
