import { z } from 'zod'
import type { OutgoingMessage, Part, Rendered } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { readMessageId } from './ids.ts'
import { maxImageBytes, maxTextLength } from './manifest.ts'

/** What the outbox keeps of one message. Without a text it is the picture of the part. */
export const partData = z.object({ accountId: z.string(), chatId: z.string(), text: z.string().optional() })
export type PartData = z.infer<typeof partData>

/** Texts, then one message for each picture. Only a chat that a client began can be written to. */
export function render({ references, replyTo, text, attachments }: OutgoingMessage): Rendered<PartData> {
  const chat = [...references, replyTo ?? ''].map(readMessageId).findLast((id) => id !== undefined)
  if (!chat) return { refused: 'invalid_recipient', reason: 'Only clients who have written at Avito can be answered there' }
  const other = attachments.find(({ type }) => !/^image\/(jpeg|png|gif|bmp|heic)\b/i.test(type))
  if (other) return { refused: 'unsupported', reason: `"${other.name}": Avito takes pictures only (JPEG, PNG, GIF, BMP, HEIC)` }
  const tooBig = attachments.find(({ size }) => size > maxImageBytes)
  if (tooBig) return { refused: 'unsupported', reason: `"${tooBig.name}" is larger than the 24 MB that Avito takes` }
  const { accountId, chatId } = chat
  const parts: Part<PartData>[] = [
    ...splitText(text, maxTextLength).map((piece) => ({ data: { accountId, chatId, text: piece }, attachmentIds: [] })),
    ...attachments.map(({ id }) => ({ data: { accountId, chatId }, attachmentIds: [id] })),
  ]
  return parts.length === 0 ? { refused: 'unsupported', reason: 'Avito does not carry an empty message' } : { parts }
}
