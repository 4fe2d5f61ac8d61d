import { z } from 'zod'
import { orderParts } from '../../core/connector/order-parts.ts'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { maxFileBytes, maxPictureBytes, maxTextLength, maxVideoBytes } from './manifest.ts'
import type { Settings } from './settings.ts'

/** What the outbox keeps of one message. */
export const partData = z.object({
  receiver: z.string(),
  text: z.string().optional(),
  file: z.enum(['picture', 'video', 'file']).optional(),
  asksPhone: z.boolean().optional(),
  buttons: z.array(z.string()).optional(),
})
export type PartData = z.infer<typeof partData>

/** Comes back with what the client answers, so that his own number is told from a card of somebody else. */
export const phoneTracking = 'switchboard:ask-phone'

export function isAskedPhone(trackingData: string | null | undefined): boolean {
  return trackingData === phoneTracking
}

/** Text first, then one message for each file, which Viber fetches by its address. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to, attachments } = message
  if (to.kind !== 'viber' || to.value === '')
    return refuse('invalid_recipient', 'This client has no Viber account known here', 'Viber этого клиента здесь неизвестен')
  const tooBig = attachments.find(({ size }) => size > maxFileBytes)
  if (tooBig)
    return refuse(
      'unsupported',
      `"${tooBig.name}" is larger than the 50 MB that Viber takes`,
      `«${tooBig.name}» больше 50 МБ, которые принимает Viber`,
    )
  const receiver = to.value
  const texts: Part<PartData>[] = splitText(message.text, maxTextLength).map((text) => ({ data: { receiver, text }, attachmentIds: [] }))
  const files: Part<PartData>[] = attachments.map((file) => ({ data: { receiver, file: kindOf(file) }, attachmentIds: [file.id] }))
  const parts = orderParts(texts, files, message.buttons)
  const last = parts.pop()
  if (!last) return refuse('unsupported', 'Viber does not carry an empty message', 'Viber не передаёт пустых сообщений')
  return { parts: [...parts, settings.askPhone && !message.buttons ? { ...last, data: { ...last.data, asksPhone: true } } : last] }
}

function kindOf({ type, size }: OutgoingAttachment): NonNullable<PartData['file']> {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^image\/(jpeg|png)$/.test(bare) && size <= maxPictureBytes) return 'picture'
  return bare === 'video/mp4' && size <= maxVideoBytes ? 'video' : 'file'
}
