import { z } from 'zod'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { readMessageId } from './ids.ts'
import { maxTextLength, maxUploadBytes } from './manifest.ts'

// https://core.telegram.org/bots/api#sending-files and #sendphoto
const maxCaptionLength = 1024
const maxPhotoBytes = 10_000_000

const fileMethods = ['sendPhoto', 'sendVideo', 'sendVoice', 'sendAudio', 'sendAnimation', 'sendDocument'] as const
export type FileMethod = (typeof fileMethods)[number]

/** What the outbox keeps of one call. */
export const partData = z.object({
  method: z.enum(['sendMessage', ...fileMethods]),
  chatId: z.string(),
  text: z.string().optional(),
  replyToMessageId: z.number().optional(),
  businessConnectionId: z.string().optional(),
})
export type PartData = z.infer<typeof partData>

/** Text first, then one call for each file; a short text with files is the caption of the first. */
export function render(message: OutgoingMessage): Rendered<PartData> {
  const { to, attachments } = message
  if (to.kind !== 'telegram' || !/^\d+$/.test(to.value)) {
    return refuse('invalid_recipient', 'This client has no Telegram account known here', 'Telegram этого клиента здесь неизвестен')
  }
  const tooBig = attachments.find((file) => file.size > maxUploadBytes)
  if (tooBig)
    return refuse(
      'unsupported',
      `"${tooBig.name}" is larger than the 50 MB a bot may send`,
      `«${tooBig.name}» больше 50 МБ, которые может отправить бот`,
    )
  const target = { chatId: to.value, ...businessOf(message) }
  const isCaption = attachments.length > 0 && message.text.length <= maxCaptionLength
  const texts: Part<PartData>[] = (isCaption ? [] : splitText(message.text, maxTextLength)).map((text) => ({
    data: { method: 'sendMessage', ...target, text },
    attachmentIds: [],
  }))
  const files: Part<PartData>[] = attachments.map((file, index) => ({
    data: { method: fileMethod(file), ...target, ...(isCaption && index === 0 && message.text.trim() !== '' ? { text: message.text } : {}) },
    attachmentIds: [file.id],
  }))
  const [first, ...others] = [...texts, ...files]
  if (!first) return refuse('unsupported', 'Telegram does not carry an empty message', 'Telegram не передаёт пустых сообщений')
  return { parts: [{ ...first, data: { ...first.data, ...answered(message) } }, ...others] }
}

/** Whoever wrote to the owner's business account last is answered there, else by the bot itself. */
function businessOf({ references, replyTo }: OutgoingMessage): { businessConnectionId?: string } {
  const last = [...references, replyTo ?? ''].map(readMessageId).findLast((id) => id !== undefined)
  return last?.businessConnectionId === undefined ? {} : { businessConnectionId: last.businessConnectionId }
}

function answered({ replyTo, to }: OutgoingMessage): { replyToMessageId?: number } {
  const id = readMessageId(replyTo ?? '')
  return id && String(id.chatId) === to.value ? { replyToMessageId: id.messageId } : {}
}

function fileMethod({ type, size }: OutgoingAttachment): FileMethod {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^image\/(jpeg|png|webp)$/.test(bare)) return size <= maxPhotoBytes ? 'sendPhoto' : 'sendDocument'
  if (bare === 'image/gif') return 'sendAnimation'
  if (bare === 'audio/ogg' || bare === 'audio/opus') return 'sendVoice'
  if (/^audio\/(mpeg|mp3|mp4|x-m4a)$/.test(bare)) return 'sendAudio'
  return bare === 'video/mp4' ? 'sendVideo' : 'sendDocument'
}
