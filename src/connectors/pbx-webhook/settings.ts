import { z } from 'zod'
import { secret } from '../../core/connector/settings.ts'
import { isTimeZone } from '../../core/connector/zoned-time.ts'
import { callFields } from './fields.ts'

export const settings = z.object({
  secret: secret()
    .min(6, 'At least 6 characters')
    .max(200)
    .meta({ title: 'Secret', description: 'Signs the body (X-Signature: HMAC-SHA256 in hex), or comes itself in X-Hub-Key' }),
  /** Field name or path, as the delivery log shows it → what it means. */
  mapping: z
    .record(z.string(), z.enum([...callFields, 'ignore']))
    .default({})
    .meta({ title: 'Mapping', description: 'What a field means, where its name does not tell' }),
  /** The PBX's own word for an event → what it is. */
  events: z
    .record(z.string(), z.enum(['started', 'queued', 'ringing', 'answered', 'held', 'resumed', 'left', 'ended', 'summary', 'recording', 'ignore']))
    .default({})
    .meta({ title: 'Events', description: 'What an event means, where its name does not tell' }),
  international: z
    .boolean()
    .default(false)
    .meta({ title: 'Numbers are international without a plus', description: 'As 79990001122 for +79990001122' }),
  /** IANA name; for times written without a zone. */
  timeZone: z
    .string()
    .refine(isTimeZone, 'not a time zone')
    .default('UTC')
    .meta({ title: 'Time zone', description: 'For times without one: Europe/Moscow' }),
})

export type Settings = z.output<typeof settings>
