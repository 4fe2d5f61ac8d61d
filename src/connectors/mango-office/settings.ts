import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'

export const settings = z.object({
  apiKey: z.string().trim().min(1).meta({ title: 'Unique code of your PBX', description: 'vpbx_api_key: Integrations → API connector' }),
  apiSalt: secret().trim().min(1).meta({ title: 'Key for creating the signature', description: 'vpbx_api_salt, beside the code' }),
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://app.mango-office.ru/vpbx')
    .meta({ title: 'API address' }),
  lineNumber: z
    .string()
    .trim()
    .regex(/^\d{10,15}$/, 'Digits only, as 74950000000')
    .optional()
    .meta({ title: 'Number shown to clients', description: 'For click to call; empty: the one set for the employee' }),
})

export type Settings = z.infer<typeof settings>
