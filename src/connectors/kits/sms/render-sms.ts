import { z } from 'zod'
import { type OutgoingMessage, type Rendered, refuse } from '../../../core/connector/outgoing.ts'
import { segmentsOf } from './segments.ts'

/** What the outbox keeps of one SMS: `to` in E.164. */
export const smsData = z.object({ to: z.string(), text: z.string() })
export type SmsData = z.infer<typeof smsData>

/** One call to the vendor, however long: he cuts the text into SMS and the client's phone joins them. */
export function renderSms(message: OutgoingMessage, limit: { segments: number }): Rendered<SmsData> {
  const { to, attachments } = message
  if (to.kind !== 'phone' || !/^\+\d{7,15}$/.test(to.value))
    return refuse('invalid_recipient', 'This client has no phone number for SMS', 'У клиента нет номера для SMS')
  if (attachments.length > 0) return refuse('unsupported', 'An SMS carries no files', 'SMS не передаёт файлов')
  const text = message.text.trim()
  if (text === '') return refuse('unsupported', 'An SMS needs a text', 'В SMS нужен текст')
  const { count } = segmentsOf(text)
  if (count > limit.segments)
    return refuse(
      'unsupported',
      `This would be ${count} SMS, and at most ${limit.segments} go out as one`,
      `Получится ${count} SMS, а одним сообщением уходит не больше ${limit.segments}`,
    )
  return { parts: [{ data: { to: to.value, text }, attachmentIds: [] }] }
}
