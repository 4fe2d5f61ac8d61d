import type { InboundAttachment } from '../../core/connector/event.ts'
import { readContact } from './party.ts'
import type { Attachment, Message } from './payloads.ts'

/** What a message says, in whatever form: its text, its files, and what else people should see. */
export interface Content {
  text: string
  attachments: InboundAttachment[]
  extra: Record<string, string>
}

/** Undefined when the message holds nothing that is carried here. */
export function readContent({ body, link }: Message): Content | undefined {
  const forwarded = link?.type === 'forward' ? link : undefined
  const parts = [...(body.attachments ?? []), ...(forwarded?.message?.attachments ?? [])]
  const attachments = parts.flatMap(readFile)
  const described = parts.map(describe).filter((words) => words !== '')
  const text = body.text || forwarded?.message?.text || described.join('\n')
  if (text === '' && attachments.length === 0) return undefined
  const contact = parts.find(({ type }) => type === 'contact')
  const shared = contact && readContact(contact)
  const extra: Record<string, string | null | undefined> = {
    location: parts.map(placeOf).find((place) => place !== ''),
    contactName: shared?.name,
    contactPhone: shared?.phone,
    forwardedFrom: forwarded && [forwarded.sender?.first_name, forwarded.sender?.last_name].filter(Boolean).join(' '),
    transcript: parts.map(({ transcription }) => transcription).find(Boolean),
  }
  return { text, attachments, extra: Object.fromEntries(Object.entries(extra).filter((pair): pair is [string, string] => Boolean(pair[1]))) }
}

/** Kinds of attachments that came, for the reason shown to people. */
export function unreadParts({ body }: Message): string {
  return (body.attachments ?? []).map(({ type }) => type).join(', ') || 'no content'
}

const files: Record<string, [name: string, type: string]> = {
  image: ['photo.jpg', 'image/jpeg'],
  video: ['video.mp4', 'video/mp4'],
  audio: ['voice.mp3', 'audio/mpeg'],
  file: ['file', 'application/octet-stream'],
  sticker: ['sticker.webp', 'image/webp'],
}

function readFile({ type, payload, filename, size }: Attachment): InboundAttachment[] {
  const known = Object.hasOwn(files, type) ? files[type] : undefined
  // The address in a video's payload is often its page; its files are asked for by token.
  const ref = type === 'video' && payload?.token ? `video:${payload.token}` : payload?.url
  if (!known || !ref) return []
  return [{ name: filename || known[0], type: known[1], ref, ...(typeof size === 'number' ? { size } : {}) }]
}

function describe(part: Attachment): string {
  if (part.type === 'contact') {
    const { name, phone } = readContact(part)
    return [name, phone].filter(Boolean).join(', ')
  }
  if (part.type === 'share') return [part.title, part.payload?.url].filter(Boolean).join(' ')
  return placeOf(part)
}

function placeOf({ latitude, longitude }: Attachment): string {
  return latitude === undefined || longitude === undefined ? '' : `${latitude}, ${longitude}`
}
