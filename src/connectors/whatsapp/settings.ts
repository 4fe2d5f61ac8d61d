import { z } from 'zod'
import { apiAddress, digits, metaSettings } from '../kits/meta/settings.ts'

export const settings = z.object({
  ...metaSettings,
  phoneNumberId: digits.meta({ title: 'Phone number ID', description: 'WhatsApp → API Setup; not the number itself' }),
  businessAccountId: digits.meta({ title: 'WhatsApp Business Account ID', description: 'Beside the phone number ID' }),
  ...apiAddress(),
})

export type Settings = z.infer<typeof settings>
