import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { isTimeZone } from '../../core/connector/zoned-time.ts'

const address = () => z.url({ protocol: /^https?$/ })

export const settings = z.object({
  token: secret()
    .trim()
    .min(12, 'At least 12 characters')
    .meta({ title: 'Token of notifications', description: 'Think one of: it goes into the templates below' }),
  accessToken: secret()
    .trim()
    .min(1)
    .optional()
    .meta({ title: 'API key', description: 'Of a user with Call API and Data API; for click to call, history and employees' }),
  virtualNumber: z
    .string()
    .trim()
    .regex(/^\d{10,15}$/, 'Digits only, as 74950000000')
    .optional()
    .meta({ title: 'Number shown to clients', description: 'For click to call' }),
  timeZone: z
    .string()
    .refine(isTimeZone, 'not a time zone')
    .default('Europe/Moscow')
    .meta({ title: 'Time zone of the cabinet', description: 'Times of calls come without one' }),
  callApiRoot: address()
    .default('https://callapi.uiscom.ru/v4.0')
    .meta({ title: 'Call API', description: 'CoMagic: https://callapi.comagic.ru/v4.0, Novofon 2.0: https://callapi-jsonrpc.novofon.ru/v4.0' }),
  dataApiRoot: address()
    .default('https://dataapi.uiscom.ru/v2.0')
    .meta({ title: 'Data API', description: 'CoMagic: https://dataapi.comagic.ru/v2.0, Novofon 2.0: https://dataapi-jsonrpc.novofon.ru/v2.0' }),
  mediaRoot: address()
    .default('https://app.uiscom.ru')
    .meta({ title: 'Address of recordings', description: 'CoMagic: https://app.comagic.ru, Novofon 2.0: https://app.novofon.ru' }),
})

export type Settings = z.output<typeof settings>
