import { z } from 'zod'
import { accountSettings } from '../kits/twilio/account.ts'

const phone = z
  .string()
  .trim()
  .regex(/^\+\d{5,15}$/, 'In international form, as +74950000000')

export const settings = z.object({
  ...accountSettings,
  from: z
    .string()
    .trim()
    .regex(/^(\+?\d{3,15}|[\w .-]{1,11})$/, 'A number as +74950000000, a short code, or a name of at most 11 letters')
    .optional()
    .meta({ title: 'Number for SMS', description: 'What clients see; empty where a messaging service chooses' }),
  messagingServiceSid: z
    .string()
    .trim()
    .regex(/^MG\w+$/, 'A messaging service begins with MG')
    .optional()
    .meta({ title: 'Messaging service', description: 'MG…; goes before the number' }),
  whatsappFrom: phone.optional().meta({ title: 'Number for WhatsApp', description: 'Of the WhatsApp sender' }),
})

export type Settings = z.infer<typeof settings>
