import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, ChannelHealth } from '../../core/connector/hub.ts'
import type { Call } from './client.ts'
import { TelegramRefusal } from './failures.ts'
import type { Settings } from './settings.ts'

/** What a failed question means for the channel, in words, and how long to wait before the next. */
export interface Trouble {
  health: ChannelHealth
  waitMs: number
}

const minuteMs = 60_000

/** `failures`: how many there were in a row, this one included. Removes a webhook that is our own, for it forbids polling. */
export async function explainTrouble(error: unknown, call: Call, channel: Channel<Settings>, failures: number): Promise<Trouble> {
  const backoffMs = Math.min(1000 * 2 ** (failures - 1), minuteMs)
  if (!(error instanceof ConnectorError)) {
    return retrying('A message could not be stored, it will be fetched again', 'Сообщение не удалось сохранить, оно будет получено снова', backoffMs)
  }
  if (error instanceof TelegramRefusal && error.status === 409) return explainConflict(error, call, channel)
  if (error.code === 'auth_failed') {
    return attention(
      'Telegram does not accept the token: copy it from @BotFather again',
      'Telegram не принимает токен: скопируйте его у @BotFather заново',
      5 * minuteMs,
    )
  }
  const detail = error.words ?? { en: error.message, ru: error.message }
  return { health: { state: 'retrying', detail }, waitMs: error.retryAfterMs ?? backoffMs }
}

async function explainConflict(error: TelegramRefusal, call: Call, channel: Channel<Settings>): Promise<Trouble> {
  if (!/webhook/i.test(error.description)) {
    return attention('Another program polls the same bot: stop it', 'Этого же бота опрашивает другая программа: остановите её', minuteMs / 4)
  }
  const { url } = await call('getWebhookInfo', {}, z.object({ url: z.string() })).catch(() => ({ url: '' }))
  if (url === channel.hookUrl) {
    await call('deleteWebhook', {}, z.unknown()).catch(() => undefined)
    return retrying('The webhook of this channel is removed, polling begins', 'Вебхук этого канала снят, начинается опрос', 500)
  }
  const host = URL.canParse(url) ? new URL(url).host : '?'
  return attention(
    `The bot sends its messages to another program (${host}): remove its webhook there, or choose webhook here to take over`,
    `Бот отправляет сообщения другой программе (${host}): снимите там вебхук или выберите здесь webhook, чтобы забрать бота себе`,
    minuteMs / 2,
  )
}

function retrying(en: string, ru: string, waitMs: number): Trouble {
  return { health: { state: 'retrying', detail: { en, ru } }, waitMs }
}

function attention(en: string, ru: string, waitMs: number): Trouble {
  return { health: { state: 'attention', detail: { en, ru } }, waitMs }
}
