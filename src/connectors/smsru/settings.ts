import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  apiId: secret().trim().min(1).meta({ title: 'api_id', description: 'Cabinet of SMS.ru → API' }),
  sender: z
    .string()
    .trim()
    .max(20)
    .optional()
    .meta({ title: 'Sender', description: 'A name that SMS.ru has approved; empty: the one of the cabinet' }),
  test: z.boolean().default(false).meta({ title: 'Test', description: 'Nothing is really sent, nothing is paid' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://sms.ru')
    .meta({ title: 'API address' }),
})

export type Settings = z.output<typeof settings>
