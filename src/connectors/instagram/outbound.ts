import type { OutgoingMessage, Rendered } from '../../core/connector/outgoing.ts'
import { splitText } from '../kits/meta/split-text.ts'
import { type PartData, windowOf } from '../kits/meta/talks/send.ts'
import { maxTextBytes } from './manifest.ts'
import type { Settings } from './settings.ts'

/** Text alone: files are taken only from a public address, which files of clients must not have. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to, text } = message
  if (to.kind !== 'instagram' || !/^\d{1,40}$/.test(to.value))
    return { refused: 'invalid_recipient', reason: 'This client has not written by Instagram' }
  if (message.attachments.length > 0) return { refused: 'unsupported', reason: 'Instagram takes no files from here: send a link' }
  const window = windowOf(message, settings)
  if (!window) return { refused: 'window_closed', reason: 'The client last wrote too long ago: Instagram lets nothing through until he writes again' }
  const base = { to: to.value, ...(window === 'late' && { late: true }) }
  const [first, ...others] = splitText(text, maxTextBytes, (piece) => Buffer.byteLength(piece)).map((piece) => ({
    data: { ...base, text: piece },
    attachmentIds: [],
  }))
  if (!first) return { refused: 'unsupported', reason: 'Instagram does not carry an empty message' }
  return { parts: [{ ...first, data: { ...first.data, ...(message.replyTo && { replyTo: message.replyTo }) } }, ...others] }
}
