import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  clientId: z.string().trim().min(1).meta({ title: 'Client id', description: 'Avito → For professionals → Integrations' }),
  clientSecret: secret().trim().min(1).meta({ title: 'Client secret', description: 'Beside the client id' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://api.avito.ru')
    .meta({ title: 'API address' }),
})

export type Settings = z.infer<typeof settings>
