import type { InboundAttachment } from '../../../../core/connector/event.ts'
import type { Attachment, Message } from './payloads.ts'

/** What a message says: its text, its files, and what else people should see. */
export interface Readable {
  text: string
  attachments: InboundAttachment[]
  extra: Record<string, string>
}

const files: Record<string, [name: string, type: string] | undefined> = {
  image: ['photo.jpg', 'image/jpeg'],
  video: ['video.mp4', 'video/mp4'],
  audio: ['voice.mp4', 'audio/mp4'],
  file: ['file', 'application/octet-stream'],
  // Dies with the story, within a day.
  story_mention: ['story', 'application/octet-stream'],
}

export function readContent(message: Message): Readable {
  const { attachments, reply_to: replyTo, quick_reply: quick } = message
  const places = attachments.flatMap(({ payload }) => (payload?.coordinates ? `${payload.coordinates.lat}, ${payload.coordinates.long}` : []))
  const shared = attachments.filter((one) => !isFile(one) && !one.payload?.coordinates)
  const links = [...shared.flatMap(linkOf), ...(replyTo?.story?.url ? [replyTo.story.url] : [])]
  const extra = {
    location: places.join('\n'),
    links: links.join('\n'),
    button: quick?.payload ?? '',
    story: replyTo?.story ? (replyTo.story.id ?? 'story') : attachments.some(({ type }) => type === 'story_mention') ? 'mention' : '',
  }
  return {
    text: message.text ?? [...places, ...shared.map(wordsOf)].join('\n'),
    attachments: attachments.filter(isFile).map(toFile),
    extra: Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== '')),
  }
}

function isFile({ type, payload }: Attachment): boolean {
  return Object.hasOwn(files, type) && typeof payload?.url === 'string'
}

function toFile({ type, payload }: Attachment): InboundAttachment {
  const [name = 'file', mime = 'application/octet-stream'] = files[type] ?? []
  const ref = payload?.url ?? ''
  const last = URL.parse(ref)?.pathname.split('/').at(-1) ?? ''
  const isNamed = type === 'file' && /^[^%]{1,150}\.\w{1,8}$/.test(last)
  return { name: isNamed ? last : name, type: mime, ref }
}

/** A post, reel or page that was shared: its title, else where it is, else what it is. */
function wordsOf(one: Attachment): string {
  return one.title ?? one.payload?.title ?? linkOf(one)[0] ?? `[${one.type}]`
}

function linkOf({ url, payload }: Attachment): string[] {
  const link = url ?? payload?.url
  return link ? [link] : []
}
