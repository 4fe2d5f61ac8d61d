import { z } from 'zod'
import { orderParts } from '../../core/connector/order-parts.ts'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { readMessageId } from './ids.ts'
import { maxTextLength, maxUploadBytes } from './manifest.ts'

// https://dev.vk.com/en/reference/upload: photos end at 50 MB.
const maxPhotoBytes = 50_000_000

/** What the outbox keeps of one message. */
export const partData = z.object({
  peerId: z.string(),
  text: z.string().optional(),
  file: z.enum(['photo', 'doc', 'audio_message']).optional(),
  buttons: z.array(z.string()).optional(),
  replyTo: z.object({ peerId: z.number(), conversationMessageId: z.number() }).optional(),
})
export type PartData = z.infer<typeof partData>

/** Text first, then one message for each file; a text of one piece goes with the first file, except beside a voice message. */
export function render(message: OutgoingMessage): Rendered<PartData> {
  const { to, attachments, replyTo } = message
  if (to.kind !== 'vk' || !/^\d+$/.test(to.value))
    return refuse('invalid_recipient', 'This client has no VK account known here', 'Страница этого клиента ВКонтакте здесь неизвестна')
  const tooBig = attachments.find((file) => file.size > maxUploadBytes)
  if (tooBig)
    return refuse(
      'unsupported',
      `"${tooBig.name}" is larger than the 200 MB that VK takes`,
      `«${tooBig.name}» больше 200 МБ, которые принимает ВКонтакте`,
    )
  const texts = splitText(message.text, maxTextLength)
  const [first] = attachments
  const isCaption = !message.buttons && first !== undefined && texts.length === 1 && kindOf(first) !== 'audio_message'
  const pieces: Part<PartData>[] = isCaption ? [] : texts.map((text) => ({ data: { peerId: to.value, text }, attachmentIds: [] }))
  const files: Part<PartData>[] = attachments.map((file, index) => ({
    data: { peerId: to.value, file: kindOf(file), ...(isCaption && index === 0 ? { text: message.text } : {}) },
    attachmentIds: [file.id],
  }))
  const [head, ...rest] = orderParts(pieces, files, message.buttons)
  if (!head) return refuse('unsupported', 'VK does not carry an empty message', 'ВКонтакте не передаёт пустых сообщений')
  const answered = readMessageId(replyTo ?? '')
  const isHere = answered !== undefined && String(answered.peerId) === to.value
  return { parts: [isHere ? { ...head, data: { ...head.data, replyTo: answered } } : head, ...rest] }
}

function kindOf({ type, size }: OutgoingAttachment): NonNullable<PartData['file']> {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^image\/(jpeg|png|gif)$/.test(bare) && size <= maxPhotoBytes) return 'photo'
  return bare === 'audio/ogg' || bare === 'audio/opus' ? 'audio_message' : 'doc'
}
