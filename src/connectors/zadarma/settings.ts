import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { isTimeZone } from '../../core/connector/zoned-time.ts'

export const settings = z.object({
  apiKey: z.string().trim().min(1).meta({ title: 'Key', description: 'Cabinet → Settings → API: the user key' }),
  apiSecret: secret().trim().min(1).meta({ title: 'Secret', description: 'Beside the key' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://api.zadarma.com')
    .meta({ title: 'API address', description: 'For Novofon: https://api.novofon.com' }),
  timeZone: z
    .string()
    .refine(isTimeZone, 'not a time zone')
    .default('Europe/Moscow')
    .meta({ title: 'Time zone of the account', description: 'Times of calls come without one: as in the profile of the cabinet' }),
  redirectToOwner: z.boolean().default(false).meta({
    title: 'Ring the responsible user first',
    description: 'When he is there; the scenario of the PBX goes on if he does not answer in 15 s',
  }),
})

export type Settings = z.output<typeof settings>
