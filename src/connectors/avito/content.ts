import type { InboundAttachment } from '../../core/connector/event.ts'
import type { Listed } from './payloads.ts'

/** What a message says; undefined when the messenger's API does not tell (video, file, a call within the app). */
export function readContent({ content }: Listed): { text: string; attachments: InboundAttachment[]; extra: Record<string, string> } | undefined {
  const { text, image, voice, link, location, item, call } = content ?? {}
  const place = location ? `${location.lat}, ${location.lon}` : ''
  const words =
    text ||
    (link && [link.text, link.url].filter((part, index, all) => part && all.indexOf(part) === index).join(' ')) ||
    (location && [location.title, location.text, place].filter(Boolean).join(', ')) ||
    (item && [item.title, item.price_string, item.item_url].filter(Boolean).join(' ')) ||
    (call && `☎ ${call.status ?? ''}`.trim()) ||
    ''
  const attachments: InboundAttachment[] = []
  const picture = largest(image?.sizes ?? {})
  if (picture) attachments.push({ name: 'photo.jpg', type: 'image/jpeg', ref: picture })
  if (voice) attachments.push({ name: 'voice.mp4', type: 'audio/mp4', ref: `voice:${voice.voice_id}` })
  if (words === '' && attachments.length === 0) return undefined
  return { text: words, attachments, extra: place === '' ? {} : { location: place } }
}

/** Of `{ "1280x960": url, … }`. */
export function largest(sizes: Record<string, string>): string | undefined {
  const area = (name: string) => name.split('x').reduce((product, side) => product * (Number(side) || 0), 1)
  return Object.entries(sizes).toSorted(([a], [b]) => area(b) - area(a))[0]?.[1]
}
