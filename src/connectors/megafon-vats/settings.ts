import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  crmToken: secret().trim().min(1).meta({ title: 'Key for requests to the CRM', description: 'crm_token: the PBX shows it with every event' }),
  apiKey: secret().trim().optional().meta({ title: 'Key for requests to the PBX', description: 'For click to call, history and employees' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: 'Address of the PBX', description: 'https://<name>.megapbx.ru/crmapi/v1' }),
})

export type Settings = z.infer<typeof settings>
