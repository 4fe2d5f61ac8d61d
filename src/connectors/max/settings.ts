import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  token: secret().trim().min(1).meta({ title: 'Bot token', description: 'business.max.ru → Chat bots → Settings' }),
  mode: z.enum(['polling', 'webhook']).default('polling').meta({
    title: 'How messages come',
    description: 'polling needs no public address; webhook needs one with HTTPS, and is what MAX wants for daily work',
  }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://platform-api2.max.ru')
    .meta({ title: 'API address' }),
  /** MAX sends it with every webhook. Absent: derived from the token. */
  webhookSecret: secret()
    .regex(/^[\w-]{16,256}$/, 'From 16 to 256 letters, digits, _ and -')
    .optional()
    .meta({ title: 'Webhook secret', description: 'Leave empty to have one made' }),
})

export type Settings = z.infer<typeof settings>

/** What MAX has to show in `X-Max-Bot-Api-Secret`; only who knows the token can derive it. */
export function webhookSecret(of: Settings): string {
  return of.webhookSecret ?? createHmac('sha256', of.token).update('switchboard webhook').digest('hex')
}
