import type { InboundAttachment } from '../../core/connector/event.ts'
import type { File, Message, User } from './payloads.ts'

/** What a message says, in whatever form: its text, its files, and what else people should see. */
export interface Content {
  text: string
  attachments: InboundAttachment[]
  extra: Record<string, string>
}

/** Undefined when the message holds nothing that is carried here (a game, an invoice, a service notice). */
export function readContent(message: Message): Content | undefined {
  const attachments = readFiles(message)
  const described = message.text ?? message.caption ?? describe(message)
  if (described === undefined && attachments.length === 0) return undefined
  return { text: described ?? '', attachments, extra: readExtra(message) }
}

/** A pin, a card, a dice in words that need no translation; the emoji are Telegram's own, none is ours. */
function describe({ venue, location, contact, dice, poll, sticker }: Message): string | undefined {
  if (venue) return [venue.title, venue.address, coordinates(venue.location)].filter(Boolean).join(', ')
  if (location) return coordinates(location)
  if (contact) return [nameOf(contact), international(contact.phone_number)].filter(Boolean).join(', ')
  if (dice) return `${dice.emoji} ${dice.value}`
  if (poll) return poll.question
  return sticker?.emoji
}

function coordinates({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `${latitude}, ${longitude}`
}

/** Telegram writes phones in full, with or without the plus. */
export function international(phone: string): string {
  return /^\d/.test(phone) ? `+${phone}` : phone
}

export function nameOf({ first_name, last_name }: Pick<User, 'first_name' | 'last_name'>): string {
  return [first_name, last_name].filter(Boolean).join(' ')
}

function readFiles(message: Message): InboundAttachment[] {
  const { photo, sticker } = message
  const files: (InboundAttachment | undefined)[] = [
    attach(photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0], 'photo.jpg', 'image/jpeg'),
    attach(message.video, 'video.mp4', 'video/mp4'),
    attach(message.voice, 'voice.ogg', 'audio/ogg'),
    attach(message.audio, 'audio.mp3', 'audio/mpeg'),
    attach(message.animation, 'animation.mp4', 'video/mp4'),
    // An animation comes a second time as a document, for old clients.
    message.animation ? undefined : attach(message.document, 'file', 'application/octet-stream'),
    attach(message.video_note, 'video-note.mp4', 'video/mp4'),
    attach(sticker, ...stickerKind(sticker)),
  ]
  return files.filter((file) => file !== undefined)
}

function stickerKind(sticker: Message['sticker']): [name: string, type: string] {
  if (sticker?.is_video) return ['sticker.webm', 'video/webm']
  return sticker?.is_animated ? ['sticker.tgs', 'application/x-tgsticker'] : ['sticker.webp', 'image/webp']
}

function attach(file: File | undefined, name: string, type: string): InboundAttachment | undefined {
  if (!file) return undefined
  const { file_id, file_size, file_name, mime_type } = file
  return { name: file_name ?? name, type: mime_type ?? type, ref: file_id, ...(file_size === undefined ? {} : { size: file_size }) }
}

function readExtra(message: Message): Record<string, string> {
  const { contact, forward_origin: origin, quote, media_group_id: album } = message
  const place = message.venue?.location ?? message.location
  const links = [...(message.entities ?? []), ...(message.caption_entities ?? [])].flatMap(({ url }) => url ?? [])
  const extra: Record<string, string | undefined> = {
    location: place && coordinates(place),
    contactName: contact && nameOf(contact),
    contactPhone: contact && international(contact.phone_number),
    forwardedFrom:
      origin && (origin.sender_user ? nameOf(origin.sender_user) : (origin.sender_user_name ?? (origin.sender_chat ?? origin.chat)?.title)),
    quote: quote?.text,
    album,
    links: links.join('\n'),
  }
  return Object.fromEntries(Object.entries(extra).filter((pair): pair is [string, string] => Boolean(pair[1])))
}
