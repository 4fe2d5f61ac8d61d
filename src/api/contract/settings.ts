import { oc } from '@orpc/contract'
import { z } from 'zod'

export const language = z.enum(['en', 'ru'])

/** IANA name. */
export const timeZone = z.string().max(64).refine(isTimeZone, 'not an IANA time zone').describe('IANA name, as Europe/Moscow')

export const firm = z.object({
  name: z.string().trim().max(200),
  language,
  timeZone,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('ISO 3166-1 alpha-2: how telephone numbers without a country are read'),
  client: z.enum(['contact', 'company']).describe('which of the two is "the client" here'),
})
export type FirmShape = z.infer<typeof firm>

export const settingsContract = {
  get: oc.route({ method: 'GET', path: '/settings' }).output(firm),
  update: oc.route({ method: 'PATCH', path: '/settings' }).input(firm.partial()).output(firm),
  reach: oc
    .route({ method: 'GET', path: '/settings/reach', summary: 'Fetches PUBLIC_URL and says what it saw: can vendors reach the hooks?' })
    .output(
      z.object({
        url: z.string(),
        ok: z.boolean(),
        seen: z.enum(['hub', 'other', 'nobody']).describe('who answered there'),
        https: z.boolean(),
        private: z.boolean().describe('only reached from inside the own network'),
        detail: z.string(),
      }),
    ),
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
