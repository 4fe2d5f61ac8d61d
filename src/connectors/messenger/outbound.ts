import type { OutgoingAttachment, OutgoingMessage, Part, Rendered } from '../../core/connector/outgoing.ts'
import { splitText } from '../kits/meta/split-text.ts'
import { type PartData, windowOf } from '../kits/meta/talks/send.ts'
import { maxFileBytes, maxTextLength } from './manifest.ts'
import type { Settings } from './settings.ts'

/** Text first, then one message for each file: Messenger has no captions. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to, attachments, text } = message
  if (to.kind !== 'messenger' || !/^\d{1,40}$/.test(to.value))
    return { refused: 'invalid_recipient', reason: 'This client has not written by Messenger' }
  const tooBig = attachments.find((file) => file.size > maxFileBytes)
  if (tooBig) return { refused: 'unsupported', reason: `"${tooBig.name}" is larger than the 25 MB that Messenger carries` }
  const window = windowOf(message, settings)
  if (!window) return { refused: 'window_closed', reason: 'The client last wrote too long ago: Messenger lets nothing through until he writes again' }
  const base = { to: to.value, ...(window === 'late' && { late: true }) }
  const texts: Part<PartData>[] = splitText(text, maxTextLength).map((piece) => ({ data: { ...base, text: piece }, attachmentIds: [] }))
  const files: Part<PartData>[] = attachments.map((file) => ({ data: { ...base, file: kindOf(file) }, attachmentIds: [file.id] }))
  const [first, ...others] = [...texts, ...files]
  if (!first) return { refused: 'unsupported', reason: 'Messenger does not carry an empty message' }
  return { parts: [{ ...first, data: { ...first.data, ...(message.replyTo && { replyTo: message.replyTo }) } }, ...others] }
}

function kindOf({ type }: OutgoingAttachment): NonNullable<PartData['file']> {
  const [family] = type.toLowerCase().split('/')
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file'
}
