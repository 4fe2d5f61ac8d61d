import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { type OutgoingMessage, type Part, type Refusal, type Rendered, refuse, type SendablePart, type Sent } from '../../core/connector/outgoing.ts'
import { splitText } from '../../core/connector/split-text.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askTwilio } from '../kits/twilio/client.ts'
import { isWhatsapp, nameOf, whatsappAddress } from './ids.ts'
import { maxFileBytes, maxTextLength, windowHours } from './manifest.ts'
import type { Settings } from './settings.ts'
import { contentOf } from './templates.ts'

const template = z.object({ name: z.string(), language: z.string(), values: z.record(z.string(), z.string()) })
const partData = z.object({ to: z.string(), text: z.string().optional(), template: template.optional() })
type PartData = z.infer<typeof partData>

/**
 * One message for each 1600 characters, then one for each file, which Twilio fetches by its address; a text of one piece goes with the first file. Twilio itself
 * makes segments of 160 or 70 characters and the phone joins those.
 */
export function render(message: OutgoingMessage, settings: Settings): Rendered<PartData> {
  const { attachments, text } = message
  const to = recipientOf(message)
  if (to === undefined) return refuse('invalid_recipient', 'This client has no phone known here', 'Телефон этого клиента здесь неизвестен')
  const refusal = whyNot(message, to, settings)
  if (refusal) return refusal
  if (message.template) {
    if (attachments.length > 0) return refuse('unsupported', 'A template takes no file here', 'К шаблону здесь нельзя приложить файл')
    return { parts: [{ data: { to, template: message.template }, attachmentIds: [] }] }
  }
  const texts = splitText(text, maxTextLength)
  const isCaption = attachments.length > 0 && texts.length === 1
  const parts: Part<PartData>[] = [
    ...(isCaption ? [] : texts.map((piece) => ({ data: { to, text: piece }, attachmentIds: [] }))),
    ...attachments.map(({ id }, index) => ({ data: { to, ...(isCaption && index === 0 && { text }) }, attachmentIds: [id] })),
  ]
  return parts.length > 0 ? { parts } : refuse('unsupported', 'An SMS cannot be empty', 'SMS не может быть пустой')
}

const windowMs = windowHours * 3_600_000

function whyNot(
  { to: client, attachments, template: chosen, sinceInboundMs = 0 }: OutgoingMessage,
  to: string,
  { from, messagingServiceSid, whatsappFrom }: Settings,
): Refusal | undefined {
  if (isWhatsapp(to) && whatsappFrom === undefined)
    return refuse(
      'unsupported',
      'This channel has no number for WhatsApp: enter it in its settings',
      'У канала нет номера для WhatsApp: укажите его в настройках',
    )
  if (isWhatsapp(to) && !chosen && sinceInboundMs > windowMs)
    return refuse(
      'window_closed',
      'The client last wrote more than 24 hours ago: WhatsApp lets nothing but a template through',
      'Клиент писал больше 24 часов назад: WhatsApp пропустит только шаблон',
    )
  if (!isWhatsapp(to) && from === undefined && messagingServiceSid === undefined)
    return refuse(
      'unsupported',
      'This channel has no number for SMS: enter it in its settings',
      'У канала нет номера для SMS: укажите его в настройках',
    )
  if (client.kind === 'phone' && !/^\+\d{5,15}$/.test(client.value))
    return refuse('invalid_recipient', 'This is no number that gets messages', 'На такой номер сообщения не приходят')
  const tooBig = attachments.find(({ size }) => size > maxFileBytes)
  if (!tooBig) return undefined
  return refuse('unsupported', `"${tooBig.name}" is larger than the 5 MB that an MMS takes`, `«${tooBig.name}» больше 5 МБ, которые принимает MMS`)
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
  if (!data) throw wordedError('rejected', { en: 'This part was not made for Twilio', ru: 'Эта часть сделана не для Twilio' })
  const { settings, hookUrl } = channel
  const viaWhatsapp = isWhatsapp(data.to)
  const from = senderOf(settings, viaWhatsapp)
  const mediaUrl = part.files.map((file) => file.publicLink())
  const content = data.template && (await contentOf(data.template, settings, hub))
  const { sid } = await askTwilio(
    settings,
    hub,
    (client) =>
      client.messages.create({
        to: data.to,
        ...(data.text !== undefined && { body: data.text }),
        ...(mediaUrl.length > 0 && { mediaUrl }),
        ...content,
        ...from,
        statusCallback: `${hookUrl}/status`,
      }),
    { mayAct: true },
  )
  if (!sid) throw wordedError('outcome_unknown', { en: 'Twilio answered something unknown', ru: 'Twilio ответил непонятно' })
  return { externalId: nameOf(sid, viaWhatsapp), ...(viaWhatsapp && { alsoKnownAs: [sid] }) }
}

function senderOf(settings: Settings, viaWhatsapp: boolean): { from: string } | { messagingServiceSid: string } {
  const { from, messagingServiceSid, whatsappFrom } = settings
  if (viaWhatsapp && whatsappFrom !== undefined) return { from: whatsappAddress(whatsappFrom) }
  if (!viaWhatsapp && messagingServiceSid !== undefined) return { messagingServiceSid }
  if (!viaWhatsapp && from !== undefined) return { from }
  throw wordedError('rejected', { en: 'This channel no longer has a number to write from', ru: 'У канала больше нет номера отправителя' })
}
