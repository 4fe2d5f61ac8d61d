import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, ChannelHealth, Hub } from '../../core/connector/hub.ts'
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
  const stop = new AbortController()
  const running = watch(channel, hub, createClient(channel.settings), stop.signal)
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

async function watch(channel: Channel<Settings>, hub: Hub, call: Call, signal: AbortSignal): Promise<void> {
  let isFirst = true
  while (!signal.aborted) {
    const health = await inspect(channel, hub, call, { isFirst, signal }).catch(explain)
    if (signal.aborted) return
    hub.report(health)
    isFirst = false
    await wait(everyMs, undefined, { signal }).catch(() => undefined)
  }
}

async function inspect(channel: Channel<Settings>, hub: Hub, call: Call, turn: { isFirst: boolean; signal: AbortSignal }): Promise<ChannelHealth> {
  const info = await call('getWebhookInfo', {}, webhookInfo, { signal: turn.signal })
  if (info.url !== channel.hookUrl) {
    if (!turn.isFirst) {
      return attention('Another program took over the webhook of this bot', 'Вебхук этого бота забрала другая программа')
    }
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

function explain(error: unknown): ChannelHealth {
  if (!(error instanceof ConnectorError)) return { state: 'retrying' }
  if (error.code === 'auth_failed') return attention('Telegram does not accept the token', 'Telegram не принимает токен')
  if (error.code === 'rejected') return attention(error.message, `Telegram отказал: ${error.message}`)
  return { state: 'retrying', detail: { en: error.message, ru: 'Нет связи с Telegram' } }
}

function attention(en: string, ru: string): ChannelHealth {
  return { state: 'attention', detail: { en, ru } }
}
