import { z } from 'zod'
import type { ChosenTemplate } from '../../core/connector/approved-template.ts'
import { orderParts } from '../../core/connector/order-parts.ts'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { maxDocumentBytes, maxTextLength, windowHours } from './manifest.ts'

const maxCaptionLength = 1024
/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages */
const maxButtonTextLength = 1024
const windowMs = windowHours * 60 * 60 * 1000

/** What the outbox keeps of one message. */
export const partData = z.object({
  to: z.string(),
  type: z.enum(['text', 'template', 'image', 'audio', 'video', 'document']),
  text: z.string().optional(),
  template: z
    .object({
      name: z.string(),
      language: z.string(),
      values: z.record(z.string(), z.string()),
      file: z.enum(['image', 'video', 'document']).optional(),
    })
    .optional(),
  replyTo: z.string().optional(),
  buttons: z.array(z.string()).optional(),
})
export type PartData = z.infer<typeof partData>
type FileKind = Extract<PartData['type'], 'image' | 'audio' | 'video' | 'document'>

/** Text first, then one message for each file; a short text with files is the caption of the first. */
export function render(message: OutgoingMessage): Rendered<PartData> {
  const { to, attachments, text } = message
  if (to.kind !== 'whatsapp' || !/^(\d{5,20}|[A-Z]{2}\.[A-Za-z0-9.]{1,140})$/.test(to.value)) {
    return refuse('invalid_recipient', 'This client has no WhatsApp known here', 'WhatsApp этого клиента здесь неизвестен')
  }
  const tooBig = attachments.find((file) => file.size > maxDocumentBytes)
  if (tooBig)
    return refuse(
      'unsupported',
      `"${tooBig.name}" is larger than the 100 MB that WhatsApp carries`,
      `«${tooBig.name}» больше 100 МБ, которые передаёт WhatsApp`,
    )
  if (message.template) return renderTemplate(message, message.template)
  if ((message.sinceInboundMs ?? 0) > windowMs) {
    return refuse(
      'window_closed',
      'The client last wrote more than 24 hours ago: WhatsApp lets nothing but a template through',
      'Клиент писал больше 24 часов назад: WhatsApp пропустит только шаблон',
    )
  }
  const kinds = attachments.map(kindOf)
  const isCaption = !message.buttons && kinds[0] !== undefined && kinds[0] !== 'audio' && text.length <= maxCaptionLength
  const texts: Part<PartData>[] = (isCaption ? [] : piecesOf(message)).map((piece) => ({
    data: { to: to.value, type: 'text', text: piece },
    attachmentIds: [],
  }))
  const files: Part<PartData>[] = attachments.map((file, index) => ({
    data: { to: to.value, type: kinds[index] ?? 'document', ...(isCaption && index === 0 && text.trim() !== '' && { text }) },
    attachmentIds: [file.id],
  }))
  const [first, ...others] = orderParts(texts, files, message.buttons)
  if (!first) return refuse('unsupported', 'WhatsApp does not carry an empty message', 'WhatsApp не передаёт пустых сообщений')
  return { parts: [{ ...first, data: { ...first.data, ...(message.replyTo && { replyTo: message.replyTo }) } }, ...others] }
}

/** The text above buttons is shorter than others. */
function piecesOf({ text, buttons }: OutgoingMessage): string[] {
  const pieces = splitText(text, maxTextLength)
  const last = buttons && pieces.pop()
  return last === undefined ? pieces : [...pieces, ...splitText(last, maxButtonTextLength)]
}

/** A template bears at most one file, in its header. */
function renderTemplate({ to, attachments }: OutgoingMessage, { name, language, values }: ChosenTemplate): Rendered<PartData> {
  const [file, ...others] = attachments
  if (others.length > 0) return refuse('unsupported', 'A template takes one file at most', 'К шаблону можно приложить не больше одного файла')
  const kind = file && kindOf(file)
  if (kind === 'audio') return refuse('unsupported', 'A template takes no sound', 'К шаблону нельзя приложить звук')
  const data: PartData = { to: to.value, type: 'template', template: { name, language, values, ...(kind && { file: kind }) } }
  return { parts: [{ data, attachmentIds: file ? [file.id] : [] }] }
}

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media; whatever is larger or of another kind goes as a document.
const kinds: [kind: FileKind, types: RegExp, maxBytes: number][] = [
  ['image', /^image\/(jpeg|png)$/, 5_000_000],
  ['audio', /^audio\/(aac|mp4|mpeg|amr|ogg)$/, 16_000_000],
  ['video', /^video\/(mp4|3gpp)$/, 16_000_000],
]

function kindOf({ type, size }: OutgoingAttachment): FileKind {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  return kinds.find(([, types, maxBytes]) => types.test(bare) && size <= maxBytes)?.[0] ?? 'document'
}
