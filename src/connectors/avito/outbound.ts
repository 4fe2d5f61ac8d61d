import { z } from 'zod'
import { type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { readMessageId } from './ids.ts'
import { maxImageBytes, maxTextLength } from './manifest.ts'

/** What the outbox keeps of one message. Without a text it is the picture of the part. */
export const partData = z.object({ accountId: z.string(), chatId: z.string(), text: z.string().optional() })
export type PartData = z.infer<typeof partData>

/** Texts, then one message for each picture. Only a chat that a client began can be written to. */
export function render({ references, replyTo, text, attachments }: OutgoingMessage): Rendered<PartData> {
  const chat = [...references, replyTo ?? ''].map(readMessageId).findLast((id) => id !== undefined)
  if (!chat)
    return refuse(
      'invalid_recipient',
      'Only clients who have written at Avito can be answered there',
      'На Авито можно ответить только тому, кто там написал',
    )
  const other = attachments.find(({ type }) => !/^image\/(jpeg|png|gif|bmp|heic)\b/i.test(type))
  if (other)
    return refuse(
      'unsupported',
      `"${other.name}": Avito takes pictures only (JPEG, PNG, GIF, BMP, HEIC)`,
      `«${other.name}»: Авито принимает только картинки (JPEG, PNG, GIF, BMP, HEIC)`,
    )
  const tooBig = attachments.find(({ size }) => size > maxImageBytes)
  if (tooBig)
    return refuse(
      'unsupported',
      `"${tooBig.name}" is larger than the 24 MB that Avito takes`,
      `«${tooBig.name}» больше 24 МБ, которые принимает Авито`,
    )
  const { accountId, chatId } = chat
  const parts: Part<PartData>[] = [
    ...splitText(text, maxTextLength).map((piece) => ({ data: { accountId, chatId, text: piece }, attachmentIds: [] })),
    ...attachments.map(({ id }) => ({ data: { accountId, chatId }, attachmentIds: [id] })),
  ]
  return parts.length === 0 ? refuse('unsupported', 'Avito does not carry an empty message', 'Авито не передаёт пустых сообщений') : { parts }
}
