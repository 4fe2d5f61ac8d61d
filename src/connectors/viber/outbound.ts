import { z } from 'zod'
import type { OutgoingMessage, Rendered } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { maxTextLength } from './manifest.ts'
import type { Settings } from './settings.ts'

/** What the outbox keeps of one message. */
export const partData = z.object({ receiver: z.string(), text: z.string(), asksPhone: z.boolean().optional() })
export type PartData = z.infer<typeof partData>

/** Comes back with what the client answers, so that his own number is told from a card of somebody else. */
export const phoneTracking = 'switchboard:ask-phone'

export function isAskedPhone(trackingData: string | null | undefined): boolean {
  return trackingData === phoneTracking
}

/** Texts only: Viber takes files by a public address alone, and the hub publishes none. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to, attachments } = message
  if (to.kind !== 'viber' || to.value === '') return { refused: 'invalid_recipient', reason: 'This client has no Viber account known here' }
  if (attachments.length > 0) return { refused: 'unsupported', reason: 'Viber takes no files from this hub: send a link instead' }
  const texts = splitText(message.text, maxTextLength)
  if (texts.length === 0) return { refused: 'unsupported', reason: 'Viber does not carry an empty message' }
  return {
    parts: texts.map((text, index) => {
      const isLast = index === texts.length - 1
      return { data: { receiver: to.value, text, ...(settings.askPhone && isLast ? { asksPhone: true } : {}) }, attachmentIds: [] }
    }),
  }
}
