import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { OutgoingMessage, Rendered, SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { askTwilio } from '../kits/twilio/client.ts'
import { isWhatsapp, nameOf, whatsappAddress } from './ids.ts'
import { maxTextLength } from './manifest.ts'
import type { Settings } from './settings.ts'

const partData = z.object({ to: z.string(), text: z.string() })
type PartData = z.infer<typeof partData>

/** One message for each 1600 characters; Twilio itself makes segments of 160 or 70 of them and the phone joins those. */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { to: client, attachments, text } = message
  const to = recipientOf(message)
  if (to === undefined) return { refused: 'invalid_recipient', reason: 'This client has no phone known here' }
  if (isWhatsapp(to) && settings.whatsappFrom === undefined) {
    return { refused: 'unsupported', reason: 'This channel has no number for WhatsApp: enter it in its settings' }
  }
  if (!isWhatsapp(to) && settings.from === undefined && settings.messagingServiceSid === undefined) {
    return { refused: 'unsupported', reason: 'This channel has no number for SMS: enter it in its settings' }
  }
  if (client.kind === 'phone' && !/^\+\d{5,15}$/.test(client.value))
    return { refused: 'invalid_recipient', reason: 'This is no number that gets messages' }
  if (attachments.length > 0) return { refused: 'unsupported', reason: 'Twilio takes files from a public address only: send a link in the text' }
  const parts = splitText(text, maxTextLength).map((piece) => ({ data: { to, text: piece }, attachmentIds: [] }))
  return parts.length > 0 ? { parts } : { refused: 'unsupported', reason: 'An SMS cannot be empty' }
}

/** A phone that last wrote by WhatsApp in this conversation is answered there. */
function recipientOf({ to, references }: OutgoingMessage): string | undefined {
  const digits = to.value.replace(/^\+/, '')
  if (to.kind === 'whatsapp') return /^\d{5,15}$/.test(digits) ? whatsappAddress(digits) : undefined
  if (to.kind !== 'phone') return undefined
  return isWhatsapp(references.at(-1) ?? '') ? whatsappAddress(digits) : to.value
}

/** Twilio knows no idempotency key: a request without a clear answer is `outcome_unknown` and never repeated here. */
export async function send(part: SendablePart, channel: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw new ConnectorError('rejected', 'This part was not made for Twilio')
  const { settings, hookUrl } = channel
  const viaWhatsapp = isWhatsapp(data.to)
  const from = senderOf(settings, viaWhatsapp)
  const { sid } = await askTwilio(
    settings,
    hub,
    (client) => client.messages.create({ to: data.to, body: data.text, ...from, statusCallback: `${hookUrl}/status` }),
    { mayAct: true },
  )
  if (!sid) throw new ConnectorError('outcome_unknown', 'Twilio answered something unknown')
  return { externalId: nameOf(sid, viaWhatsapp), ...(viaWhatsapp && { alsoKnownAs: [sid] }) }
}

function senderOf(settings: Settings, viaWhatsapp: boolean): { from: string } | { messagingServiceSid: string } {
  const { from, messagingServiceSid, whatsappFrom } = settings
  if (viaWhatsapp && whatsappFrom !== undefined) return { from: whatsappAddress(whatsappFrom) }
  if (!viaWhatsapp && messagingServiceSid !== undefined) return { messagingServiceSid }
  if (!viaWhatsapp && from !== undefined) return { from }
  throw new ConnectorError('rejected', 'This channel no longer has a number to write from')
}
