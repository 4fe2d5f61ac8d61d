import type { InboundAttachment } from '../../core/connector/event.ts'
import type { Attachment, Message } from './payloads.ts'

/** What a message says, in whatever form: its text, its files, and what else people should see. */
export interface Content {
  text: string
  attachments: InboundAttachment[]
  extra: Record<string, string>
}

/** Undefined when the message holds nothing that is carried here (a service notice, an empty message). */
export function readContent(message: Message): Content | undefined {
  const attachments = message.attachments.flatMap(readFile)
  const links = message.attachments.flatMap(linkOf)
  const forwarded = message.fwd_messages.map(({ text }) => text).filter((text) => text !== '')
  const { coordinates, place } = message.geo ?? {}
  const location = coordinates && `${coordinates.latitude}, ${coordinates.longitude}`
  const transcript = message.attachments.flatMap(({ audio_message: voice }) => voice?.transcript ?? []).join('\n')
  const text = message.text || [place?.title, location, ...links].filter(Boolean).join('\n') || forwarded.join('\n')
  if (text === '' && attachments.length === 0) return undefined
  const extra: Record<string, string | undefined> = {
    location,
    links: links.join('\n'),
    forwarded: forwarded.join('\n'),
    transcript,
    button: message.payload,
  }
  return { text, attachments, extra: Object.fromEntries(Object.entries(extra).filter((pair): pair is [string, string] => Boolean(pair[1]))) }
}

/** Kinds of attachments that came, for the reason shown to people. */
export function unreadParts(message: Message): string {
  return message.attachments.map(({ type }) => type).join(', ') || 'no content'
}

const documentTypes: Record<string, string> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  txt: 'text/plain',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

function readFile({ photo, doc, audio_message: voice, sticker, graffiti }: Attachment): InboundAttachment[] {
  const picture = largest(photo?.sizes ?? []) ?? undefined
  if (picture) return [{ name: 'photo.jpg', type: 'image/jpeg', ref: picture }]
  if (doc) {
    const type = documentTypes[doc.ext.toLowerCase()] ?? 'application/octet-stream'
    const name = doc.ext === '' || doc.title.toLowerCase().endsWith(`.${doc.ext.toLowerCase()}`) ? doc.title : `${doc.title}.${doc.ext}`
    return [{ name, type, ref: doc.url, ...(doc.size === undefined ? {} : { size: doc.size }) }]
  }
  if (voice?.link_ogg) return [{ name: 'voice.ogg', type: 'audio/ogg', ref: voice.link_ogg }]
  if (voice?.link_mp3) return [{ name: 'voice.mp3', type: 'audio/mpeg', ref: voice.link_mp3 }]
  const image = largest(sticker?.images ?? [])
  if (image) return [{ name: 'sticker.png', type: 'image/png', ref: image }]
  return graffiti ? [{ name: 'graffiti.png', type: 'image/png', ref: graffiti.url }] : []
}

function largest(sizes: { url: string; width: number; height: number }[]): string | undefined {
  return sizes.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]?.url
}

/** What has no file to fetch, as an address or a title. */
function linkOf({ video, link, wall, market, audio }: Attachment): string[] {
  if (video) return [[video.title, `https://vk.com/video${video.owner_id}_${video.id}`].filter(Boolean).join(' ')]
  if (link) return [[link.title, link.url].filter(Boolean).join(' ')]
  if (wall) return [`https://vk.com/wall${wall.owner_id ?? wall.to_id ?? wall.from_id ?? 0}_${wall.id}`]
  if (market) return [[market.title, `https://vk.com/product${market.owner_id}_${market.id}`].filter(Boolean).join(' ')]
  return audio ? [[audio.artist, audio.title].filter(Boolean).join(' — ')] : []
}
