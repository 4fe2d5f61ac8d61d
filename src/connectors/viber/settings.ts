import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  token: secret().trim().min(1).meta({ title: 'App key of the bot', description: 'Viber → More → Settings → Bots → Edit info' }),
  senderName: z.string().trim().min(1).max(28).default('Support').meta({ title: 'Name shown to clients', description: 'Up to 28 characters' }),
  askPhone: z
    .boolean()
    .default(false)
    .meta({ title: 'Ask for the phone', description: 'A button under the chat by which the client shares his own number' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://chatapi.viber.com')
    .meta({ title: 'API address' }),
})

export type Settings = z.infer<typeof settings>
