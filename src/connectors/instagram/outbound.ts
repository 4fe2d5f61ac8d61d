import { orderParts } from '../../core/connector/order-parts.ts'
import { type OutgoingAttachment, type OutgoingMessage, type Part, type Refusal, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import type { PartData } from '../kits/meta/talks/send.ts'
import { windowOf } from '../kits/meta/talks/window.ts'
import { maxFileBytes, maxImageBytes, maxTextBytes } from './manifest.ts'
import type { Settings } from './settings.ts'

/** Text first, then one message for each file: Instagram fetches those by their address. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to, text, attachments } = message
  if (to.kind !== 'instagram' || !/^\d{1,40}$/.test(to.value))
    return refuse('invalid_recipient', 'This client has not written by Instagram', 'Этот клиент не писал в Instagram')
  const refusal = attachments.map(whyNot).find((one) => one !== undefined)
  if (refusal) return refusal
  const window = windowOf(message, settings)
  if (!window)
    return refuse(
      'window_closed',
      'The client last wrote too long ago: Instagram lets nothing through until he writes again',
      'Клиент писал слишком давно: Instagram ничего не пропустит, пока он не напишет снова',
    )
  const base = { to: to.value, ...(window === 'late' && { late: true }) }
  const pieces = splitText(text, maxTextBytes, (piece) => Buffer.byteLength(piece))
  const texts: Part<PartData>[] = pieces.map((piece) => ({ data: { ...base, text: piece }, attachmentIds: [] }))
  const files: Part<PartData>[] = attachments.map((file) => ({ data: { ...base, file: kindOf(file) ?? 'file' }, attachmentIds: [file.id] }))
  const [first, ...others] = orderParts(texts, files, message.buttons)
  if (!first) return refuse('unsupported', 'Instagram does not carry an empty message', 'Instagram не передаёт пустых сообщений')
  return { parts: [{ ...first, data: { ...first.data, ...(message.replyTo && { replyTo: message.replyTo }) } }, ...others] }
}

function whyNot(file: OutgoingAttachment): Refusal | undefined {
  const kind = kindOf(file)
  if (kind === undefined)
    return refuse(
      'unsupported',
      `"${file.name}": Instagram takes JPEG, PNG, GIF, sound, video and PDF`,
      `«${file.name}»: Instagram принимает JPEG, PNG, GIF, звук, видео и PDF`,
    )
  const most = kind === 'image' ? maxImageBytes : maxFileBytes
  if (file.size <= most) return undefined
  const megabytes = most / 1_000_000
  return refuse(
    'unsupported',
    `"${file.name}" is larger than the ${megabytes} MB that Instagram takes`,
    `«${file.name}» больше ${megabytes} МБ, которые принимает Instagram`,
  )
}

function kindOf({ type }: OutgoingAttachment): PartData['file'] {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^image\/(jpeg|png|gif)$/.test(bare)) return 'image'
  if (bare === 'application/pdf') return 'file'
  return bare.startsWith('audio/') ? 'audio' : bare.startsWith('video/') ? 'video' : undefined
}
