import type { InboundAttachment, InboundEvent } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { isAskedPhone } from './outbound.ts'
import type { Message, MessageEvent } from './payloads.ts'

/** A message from a client. A phone is proven only when it answers our own button: a card picked by hand looks the same. */
export function readMessage({ message, message_token: externalId }: MessageEvent, sender: Party, time: { occurredAt?: string }): InboundEvent[] {
  const file = readFile(message)
  const text = message.text || describe(message)
  if (text === '' && !file)
    return [{ type: 'unsupported', key: `message:${externalId}`, ...time, reason: `Messages of the type ${message.type} are not carried` }]
  const phone = message.contact && international(message.contact.phone_number)
  const isOwn = phone !== undefined && phone !== null && isAskedPhone(message.tracking_data)
  const extra: Record<string, string | null | undefined> = {
    location: placeOf(message),
    contactName: message.contact?.name,
    contactPhone: phone,
    sticker: message.sticker_id == null ? '' : String(message.sticker_id),
  }
  const told = Object.entries(extra).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return [
    {
      type: 'message',
      key: `message:${externalId}`,
      externalId,
      direction: 'inbound',
      from: isOwn ? { ...sender, identities: [...sender.identities, { kind: 'phone', value: phone, evidence: 'attested' }] } : sender,
      ...time,
      conversation: { by: 'contact' },
      text,
      ...(file ? { attachments: [file] } : {}),
      ...(told.length > 0 ? { extra: Object.fromEntries(told) } : {}),
    },
  ]
}

/** A place, a card, a link in words that need no translation. */
function describe(message: Message): string {
  if (message.contact) return [message.contact.name, international(message.contact.phone_number)].filter(Boolean).join(', ')
  if (message.type === 'url') return message.media ?? ''
  return [message.location?.address, placeOf(message)].filter(Boolean).join(', ')
}

function placeOf({ location }: Message): string {
  return location ? `${location.lat}, ${location.lon}` : ''
}

/** Viber writes phones in full, without the plus. */
function international(phone: string): string {
  return /^\d/.test(phone) ? `+${phone}` : phone
}

const files: Record<string, [name: string, type: string]> = {
  picture: ['photo.jpg', 'image/jpeg'],
  video: ['video.mp4', 'video/mp4'],
  file: ['file', 'application/octet-stream'],
  sticker: ['sticker.png', 'image/png'],
}

function readFile({ type, media, file_name: name, size }: Message): InboundAttachment | undefined {
  const known = Object.hasOwn(files, type) ? files[type] : undefined
  if (!known || !media) return undefined
  return { name: name || known[0], type: known[1], ref: media, ...(typeof size === 'number' && size > 0 ? { size } : {}) }
}
