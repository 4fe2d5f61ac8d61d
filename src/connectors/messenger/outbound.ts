import { orderParts } from '../../core/connector/order-parts.ts'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import type { PartData } from '../kits/meta/talks/send.ts'
import { windowOf } from '../kits/meta/talks/window.ts'
import { maxFileBytes, maxTextLength } from './manifest.ts'
import type { Settings } from './settings.ts'

/** Text first, then one message for each file: Messenger has no captions. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to, attachments, text } = message
  if (to.kind !== 'messenger' || !/^\d{1,40}$/.test(to.value))
    return refuse('invalid_recipient', 'This client has not written by Messenger', 'Этот клиент не писал в Messenger')
  const tooBig = attachments.find((file) => file.size > maxFileBytes)
  if (tooBig)
    return refuse(
      'unsupported',
      `"${tooBig.name}" is larger than the 25 MB that Messenger carries`,
      `«${tooBig.name}» больше 25 МБ, которые передаёт Messenger`,
    )
  const window = windowOf(message, settings)
  if (!window)
    return refuse(
      'window_closed',
      'The client last wrote too long ago: Messenger lets nothing through until he writes again',
      'Клиент писал слишком давно: Messenger ничего не пропустит, пока он не напишет снова',
    )
  const base = { to: to.value, ...(window === 'late' && { late: true }) }
  const texts: Part<PartData>[] = splitText(text, maxTextLength).map((piece) => ({ data: { ...base, text: piece }, attachmentIds: [] }))
  const files: Part<PartData>[] = attachments.map((file) => ({ data: { ...base, file: kindOf(file) }, attachmentIds: [file.id] }))
  const [first, ...others] = orderParts(texts, files, message.buttons)
  if (!first) return refuse('unsupported', 'Messenger does not carry an empty message', 'Messenger не передаёт пустых сообщений')
  return { parts: [{ ...first, data: { ...first.data, ...(message.replyTo && { replyTo: message.replyTo }) } }, ...others] }
}

function kindOf({ type }: OutgoingAttachment): NonNullable<PartData['file']> {
  const [family] = type.toLowerCase().split('/')
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file'
}
