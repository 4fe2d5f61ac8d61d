import { z } from 'zod'

const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .transform((value) => value || undefined)
  .nullish()
  .transform((value) => value ?? undefined)
const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((value) => value === true || ['true', '1'].includes(String(value)))
  .nullish()
  .catch(undefined)
const seconds = z.coerce.number().min(0).max(10_000_000).transform(Math.round).optional().catch(undefined)

/** A notification, as the templates of `snippets.ts` make it: what a kind of it does not have comes as null or not at all. */
export const notification = z.object({
  /** Our own word, which the template has in place. */
  event: text,
  notification_mnemonic: text,
  call_session_id: text,
  direction: text,
  is_internal: flag,
  contact_phone_number: text,
  contact_full_name: text,
  calling_phone_number: text,
  called_phone_number: text,
  virtual_phone_number: text,
  employee_id: text,
  extension_phone_number: text,
  external_id: text,
  campaign_name: text,
  notification_time: text,
  notification_timestamp: text,
  talk_time_duration: seconds,
  wait_time_duration: seconds,
  total_time_duration: seconds,
  file_link: text,
  file_duration: seconds,
})
export type Notification = z.infer<typeof notification>

const employee = z.looseObject({ employee_id: text, is_answered: flag })

/** One row of `get.calls_report`; what is not read here is let through. */
export const reportRow = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  start_time: text,
  finish_time: text,
  direction: text,
  is_lost: flag,
  finish_reason: text,
  talk_duration: seconds,
  wait_duration: seconds,
  total_duration: seconds,
  contact_phone_number: text,
  virtual_phone_number: text,
  employees: z.array(employee).nullish().catch(undefined),
  call_records: z.array(z.string()).nullish().catch(undefined),
})
export type ReportRow = z.infer<typeof reportRow>
