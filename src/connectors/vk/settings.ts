import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  token: secret().trim().min(1).meta({ title: 'Community access key', description: 'Community → Manage → API usage → Access tokens' }),
  groupId: z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, 'Digits only, as in vk.com/club1234')
    .meta({ title: 'Number of the community', description: 'Digits after club or public' }),
  mode: z
    .enum(['polling', 'webhook'])
    .default('polling')
    .meta({ title: 'How messages come', description: 'polling needs no public address; webhook (Callback API) needs one with HTTPS' }),
  /** VK sends it in the body of every event. Absent: derived from the token. */
  secretKey: secret()
    .regex(/^[\w-]{8,50}$/, 'From 8 to 50 letters, digits, _ and -')
    .optional()
    .meta({ title: 'Secret key of the Callback API', description: 'Leave empty to have one made' }),
  confirmation: z
    .string()
    .trim()
    .regex(/^[\w-]{1,64}$/, 'As VK shows it, without quotes')
    .optional()
    .meta({ title: 'Confirmation string', description: 'Fetched when the webhook is set up; fill in only when you enter the address at VK by hand' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://api.vk.ru/method')
    .meta({ title: 'API address' }),
})

export type Settings = z.infer<typeof settings>

/** What VK has to show in `secret`; only who knows the token can derive it. */
export function secretKey(of: Settings): string {
  return of.secretKey ?? createHmac('sha256', of.token).update('switchboard callback').digest('hex').slice(0, 40)
}
