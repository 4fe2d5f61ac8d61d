import { z } from 'zod'
import type { OutgoingMessage, Rendered } from '../../../core/connector/outgoing.ts'
import { segmentsOf } from './segments.ts'

/** What the outbox keeps of one SMS: `to` in E.164. */
export const smsData = z.object({ to: z.string(), text: z.string() })
export type SmsData = z.infer<typeof smsData>

/** One call to the vendor, however long: he cuts the text into SMS and the client's phone joins them. */
export function renderSms(message: OutgoingMessage, limit: { segments: number }): Rendered<SmsData> {
  const { to, attachments } = message
  if (to.kind !== 'phone' || !/^\+\d{7,15}$/.test(to.value))
    return { refused: 'invalid_recipient', reason: 'This client has no phone number for SMS' }
  if (attachments.length > 0) return { refused: 'unsupported', reason: 'An SMS carries no files' }
  const text = message.text.trim()
  if (text === '') return { refused: 'unsupported', reason: 'An SMS needs a text' }
  const { count } = segmentsOf(text)
  if (count > limit.segments) return { refused: 'unsupported', reason: `This would be ${count} SMS, and at most ${limit.segments} go out as one` }
  return { parts: [{ data: { to: to.value, text }, attachmentIds: [] }] }
}
