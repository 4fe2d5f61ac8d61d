import { z } from 'zod'

const text = z.union([z.string(), z.number()]).transform(String)

/** JSON inside of a field. */
const embedded = z.string().transform((written, context) => {
  try {
    return JSON.parse(written) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})

export const smsResult = embedded.pipe(z.object({ caller_id: text, caller_did: text.optional(), text: z.string() }))

/** One row of `GET /v1/statistics/pbx/` in either version; what is not read here is let through. */
export const statisticsRow = z.object({
  pbx_call_id: text.nullish(),
  call_id: text.nullish(),
  sip: text.nullish(),
  callstart: z.string(),
  clid: text.nullish(),
  destination: text.nullish(),
  disposition: z.string().nullish(),
  seconds: z.coerce.number().int().min(0).max(10_000_000).catch(0),
  is_recorded: z.union([z.boolean(), z.string(), z.number()]).nullish(),
})
export type StatisticsRow = z.infer<typeof statisticsRow>
