import { z } from 'zod'
import type { OutgoingAttachment, OutgoingMessage, Part, Rendered } from '../../core/connector/outgoing.ts'
import { splitText } from '../kits/meta/split-text.ts'
import { maxDocumentBytes, maxTextLength } from './manifest.ts'
import { readTemplate } from './template-text.ts'

const maxCaptionLength = 1024
/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#customer-service-windows */
const windowMs = 24 * 60 * 60 * 1000

/** What the outbox keeps of one message. */
export const partData = z.object({
  to: z.string(),
  type: z.enum(['text', 'template', 'image', 'audio', 'video', 'document']),
  text: z.string().optional(),
  template: z.object({ name: z.string(), language: z.string(), values: z.array(z.string()) }).optional(),
  replyTo: z.string().optional(),
})
export type PartData = z.infer<typeof partData>
type FileKind = Extract<PartData['type'], 'image' | 'audio' | 'video' | 'document'>

/** Text first, then one message for each file; a short text with files is the caption of the first. */
export function render(message: OutgoingMessage): Rendered<PartData> {
  const { to, attachments, text } = message
  if (to.kind !== 'whatsapp' || !/^(\d{5,20}|[A-Z]{2}\.[A-Za-z0-9.]{1,140})$/.test(to.value)) {
    return { refused: 'invalid_recipient', reason: 'This client has no WhatsApp known here' }
  }
  const tooBig = attachments.find((file) => file.size > maxDocumentBytes)
  if (tooBig) return { refused: 'unsupported', reason: `"${tooBig.name}" is larger than the 100 MB that WhatsApp carries` }
  const template = readTemplate(text)
  if (template && attachments.length > 0) return { refused: 'unsupported', reason: 'A template is sent by itself, without files' }
  if (template) return { parts: [{ data: { to: to.value, type: 'template', template }, attachmentIds: [] }] }
  if ((message.sinceInboundMs ?? 0) > windowMs) {
    return { refused: 'window_closed', reason: 'The client last wrote more than 24 hours ago: WhatsApp lets nothing but a template through' }
  }
  const kinds = attachments.map(kindOf)
  const isCaption = kinds[0] !== undefined && kinds[0] !== 'audio' && text.length <= maxCaptionLength
  const texts: Part<PartData>[] = (isCaption ? [] : splitText(text, maxTextLength)).map((piece) => ({
    data: { to: to.value, type: 'text', text: piece },
    attachmentIds: [],
  }))
  const files: Part<PartData>[] = attachments.map((file, index) => ({
    data: { to: to.value, type: kinds[index] ?? 'document', ...(isCaption && index === 0 && text.trim() !== '' && { text }) },
    attachmentIds: [file.id],
  }))
  const [first, ...others] = [...texts, ...files]
  if (!first) return { refused: 'unsupported', reason: 'WhatsApp does not carry an empty message' }
  return { parts: [{ ...first, data: { ...first.data, ...(message.replyTo && { replyTo: message.replyTo }) } }, ...others] }
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
