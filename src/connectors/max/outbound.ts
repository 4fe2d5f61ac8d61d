import { z } from 'zod'
import { orderParts } from '../../core/connector/order-parts.ts'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { maxTextLength, maxUploadBytes } from './manifest.ts'

/** What the outbox keeps of one message. */
export const partData = z.object({
  userId: z.string(),
  text: z.string().optional(),
  file: z.enum(['image', 'video', 'audio', 'file']).optional(),
  replyTo: z.string().optional(),
  buttons: z.array(z.string()).optional(),
})
export type PartData = z.infer<typeof partData>

/** Text first, then one message for each file; a text of one piece goes with the first file. */
export function render(message: OutgoingMessage): Rendered<PartData> {
  const { to, attachments, replyTo } = message
  if (to.kind !== 'max' || !/^\d+$/.test(to.value))
    return refuse('invalid_recipient', 'This client has no MAX account known here', 'MAX этого клиента здесь неизвестен')
  const tooBig = attachments.find((file) => file.size > maxUploadBytes)
  if (tooBig) return refuse('unsupported', `"${tooBig.name}" is larger than 250 MB`, `«${tooBig.name}» больше 250 МБ`)
  const texts = splitText(message.text, maxTextLength)
  const isCaption = !message.buttons && attachments.length > 0 && texts.length === 1
  const pieces: Part<PartData>[] = isCaption ? [] : texts.map((text) => ({ data: { userId: to.value, text }, attachmentIds: [] }))
  const files: Part<PartData>[] = attachments.map((file, index) => ({
    data: { userId: to.value, file: kindOf(file), ...(isCaption && index === 0 ? { text: message.text } : {}) },
    attachmentIds: [file.id],
  }))
  const [head, ...rest] = orderParts(pieces, files, message.buttons)
  if (!head) return refuse('unsupported', 'MAX does not carry an empty message', 'MAX не передаёт пустых сообщений')
  // Buttons and starts have ids of our own making, which MAX does not know.
  const answered = replyTo !== undefined && !/^(?:button|start):/.test(replyTo) ? { replyTo } : {}
  return { parts: [{ ...head, data: { ...head.data, ...answered } }, ...rest] }
}

function kindOf({ type }: OutgoingAttachment): NonNullable<PartData['file']> {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^image\/(jpeg|png|gif|webp|bmp|heic)$/.test(bare)) return 'image'
  if (bare === 'video/mp4' || bare === 'video/quicktime' || bare === 'video/webm') return 'video'
  return /^audio\/(mpeg|mp3|mp4|ogg|wav|x-m4a)$/.test(bare) ? 'audio' : 'file'
}
