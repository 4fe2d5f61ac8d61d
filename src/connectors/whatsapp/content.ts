import type { InboundAttachment } from '../../core/connector/event.ts'
import type { Card, Content, File } from './payloads.ts'

/** What a message says: its text, its files, and what else people should see. */
export interface Readable {
  text: string
  attachments: InboundAttachment[]
  extra: Record<string, string>
}

const fileNames = { image: 'photo.jpg', video: 'video.mp4', audio: 'audio.mp3', document: 'file', sticker: 'sticker.webp' } as const
const fileTypes = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/octet-stream',
  sticker: 'image/webp',
} as const
type FileKind = keyof typeof fileNames

const readers: Record<string, (content: Content) => Readable | undefined> = {
  text: ({ text }) => text && plain(text.body),
  location: ({ location }) => location && readLocation(location),
  contacts: ({ contacts }) => contacts && readCards(contacts),
  button: ({ button }) => button && { ...plain(button.text), extra: { button: button.payload ?? button.text } },
  interactive: ({ interactive }) => interactive && readInteractive(interactive),
  order: ({ order }) => order && readOrder(order),
  unsupported: ({ errors }) => plain(`[${errors?.[0]?.title ?? errors?.[0]?.message ?? 'unsupported'}]`),
}

/** What a message of its type says; `unknown`: the type is not carried; undefined: what the type promises is not there. */
export function readContent(content: Content): Readable | 'unknown' | undefined {
  const { type } = content
  if (Object.hasOwn(fileNames, type)) return readFile(type as FileKind, content[type as FileKind])
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined
  return read ? read(content) : 'unknown'
}

function plain(text: string): Readable {
  return { text, attachments: [], extra: {} }
}

function readFile(kind: FileKind, file: File | undefined): Readable | undefined {
  if (!file) return undefined
  const isVoice = kind === 'audio' && file.voice === true
  const name = file.filename ?? (isVoice ? 'voice.ogg' : fileNames[kind])
  const type = file.mime_type?.split(';')[0]?.trim() || (isVoice ? 'audio/ogg' : fileTypes[kind])
  const attachment = { name, type, ref: file.id, ...(file.file_size !== undefined && { size: file.file_size }) }
  return { text: file.caption ?? '', attachments: [attachment], extra: {} }
}

function readLocation({ latitude, longitude, name, address, url }: NonNullable<Content['location']>): Readable {
  const location = `${latitude}, ${longitude}`
  return { ...plain([name, address, location].filter(Boolean).join(', ')), extra: { location, ...(url && { links: url }) } }
}

function readCards(cards: Card[]): Readable {
  const lines = cards.map((card) => [card.name?.formatted_name, ...phonesOf(card)].filter(Boolean).join(', '))
  const [first] = cards
  const [phone] = first ? phonesOf(first) : []
  const name = first?.name?.formatted_name
  return { ...plain(lines.join('\n')), extra: { ...(name && { contactName: name }), ...(phone && { contactPhone: phone }) } }
}

/** Of a card: WhatsApp's own form of a number where there is one. */
export function phonesOf({ phones }: Card): string[] {
  return phones.flatMap(({ phone, wa_id: waId }) => (waId !== undefined && /^\d+$/.test(waId) ? `+${waId}` : (phone ?? [])))
}

function readInteractive(of: NonNullable<Content['interactive']>): Readable | undefined {
  const { button_reply: button, list_reply: choice, nfm_reply: flow, call_permission_reply: permission } = of
  if (button) return { ...plain(button.title), extra: { button: button.id } }
  if (choice) return { ...plain([choice.title, choice.description].filter(Boolean).join('\n')), extra: { button: choice.id } }
  if (flow) return { ...plain(answersOf(flow.response_json) ?? flow.body ?? flow.response_json), extra: { form: flow.name ?? 'flow' } }
  return permission && { ...plain(`[${permission.response}]`), extra: { callPermission: permission.response } }
}

/** Answers of a flow, a line each; its token is nobody's business. */
function answersOf(json: string): string | undefined {
  try {
    const answers: unknown = JSON.parse(json)
    if (typeof answers !== 'object' || answers === null) return undefined
    const lines = Object.entries(answers).filter(([name]) => name !== 'flow_token')
    return lines.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('\n')
  } catch {
    return undefined
  }
}

function readOrder({ text, product_items: items }: NonNullable<Content['order']>): Readable {
  const lines = items.map(({ product_retailer_id: id, quantity = 1, item_price: price, currency = '' }) =>
    `${id} × ${quantity}${price === undefined ? '' : ` · ${price} ${currency}`}`.trim(),
  )
  return { ...plain([...lines, text].filter(Boolean).join('\n')), extra: { order: String(items.length) } }
}
