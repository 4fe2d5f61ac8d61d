import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  /** `<bot id>:<secret>` as @BotFather gives it. */
  token: secret()
    .trim()
    .regex(/^\d+:[\w-]+$/, 'A token is the number of the bot, a colon and letters, as @BotFather shows it')
    .meta({ title: 'Bot token', description: 'From @BotFather, looks like 123456789:AAE…' }),
  mode: z
    .enum(['polling', 'webhook'])
    .default('polling')
    .meta({ title: 'How messages come', description: 'polling needs no public address; webhook needs one with HTTPS' }),
  /** A local Bot API server, or Telegram's own. */
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://api.telegram.org')
    .meta({ title: 'Bot API address' }),
  /** Telegram sends it with every webhook. Absent: derived from the token. https://core.telegram.org/bots/api#setwebhook */
  webhookSecret: secret()
    .regex(/^[\w-]{16,256}$/, 'From 16 to 256 letters, digits, _ and -')
    .optional()
    .meta({ title: 'Webhook secret', description: 'Leave empty to have one made' }),
})

export type Settings = z.infer<typeof settings>

/** What Telegram has to show in `X-Telegram-Bot-Api-Secret-Token`; only who knows the token can derive it. */
export function webhookSecret(of: Settings): string {
  return of.webhookSecret ?? createHmac('sha256', of.token).update('switchboard webhook').digest('hex')
}
