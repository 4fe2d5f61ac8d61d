import PostalMime, { type Address, type Attachment, type Email, type Mailbox } from 'postal-mime'
import type { InboundAttachment } from '../../../core/connector/event.ts'
import { findBody, headerValue, type RawHeader, readHeaders } from './blocks.ts'
import { describeCalendar } from './calendar.ts'
import { decodeText } from './charset.ts'
import { distinctNames, safeFileName } from './file-name.ts'
import { htmlToPlain } from './html-text.ts'
import { repairLetter } from './repair-letter.ts'
import { readTnef } from './tnef.ts'
import { takeUuencoded } from './uuencode.ts'

/** A letter, read. Header values are unfolded; text is never undefined. */
export interface Letter {
  headers: RawHeader[]
  messageId?: string
  from: Mailbox[]
  sender?: Mailbox
  replyTo: Mailbox[]
  to: Mailbox[]
  cc: Mailbox[]
  subject: string
  /** As written; may be nonsense. */
  date?: string
  text: string
  html?: string
  attachments: InboundAttachment[]
  /** An invitation in words, when there was one. */
  calendar?: string
  /** Parts that say what the letter is: delivery status, disposition notice, feedback. */
  reports: { type: string; text: string }[]
}

/** Reads raw bytes (RFC 5322) into a letter. Charsets are repaired first; TNEF is opened; forwarded letters stay files. */
export async function readLetter(bytes: Uint8Array): Promise<Letter> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { headerEnd } = findBody(raw)
  const headers = readHeaders(raw.subarray(0, headerEnd))
  if (headers.length === 0)
    return { headers, from: [], replyTo: [], to: [], cc: [], subject: '', text: decodeText(raw), attachments: [], reports: [] }
  const repaired = repairLetter(raw)
  const email = await PostalMime.parse(repaired, { forceRfc822Attachments: true, maxNestingDepth: 60 })
  const opened = openContainers(email)
  const html = email.html ?? opened.html
  const body = email.text?.trim() ? email.text : (opened.text ?? (html === undefined ? '' : htmlToPlain(html)))
  const { text, files } = takeUuencoded(body)
  const messageId = email.messageId ?? headerValue(headers, 'message-id')
  return {
    headers: repaired === raw ? headers : readHeaders(repaired.subarray(0, findBody(repaired).headerEnd)),
    ...(messageId && { messageId }),
    from: mailboxes(email.from),
    ...(email.sender?.address && { sender: email.sender }),
    replyTo: mailboxes(email.replyTo),
    to: mailboxes(email.to),
    cc: mailboxes(email.cc),
    subject: email.subject ?? '',
    ...(email.date && { date: email.date }),
    text: opened.calendar === undefined ? text : [text.trim(), opened.calendar].filter((part) => part !== '').join('\n\n'),
    ...(html && { html }),
    attachments: withDistinctNames([...opened.attachments, ...files]),
    ...(opened.calendar !== undefined && { calendar: opened.calendar }),
    reports: reportsOf(email.attachments),
  }
}

function openContainers(email: Email): { attachments: InboundAttachment[]; text?: string; html?: string; calendar?: string } {
  const result: { attachments: InboundAttachment[]; text?: string; html?: string; calendar?: string } = { attachments: [] }
  for (const attachment of email.attachments) {
    const bytes = contentOf(attachment)
    const isTnef = /ms-tnef/i.test(attachment.mimeType) || attachment.filename?.toLowerCase() === 'winmail.dat'
    const tnef = isTnef ? readTnef(bytes) : undefined
    if (tnef === undefined) result.attachments.push(fileOf(attachment, bytes))
    else {
      if (tnef.text !== undefined) result.text ??= tnef.text
      if (tnef.html !== undefined) result.html ??= tnef.html
      result.attachments.push(
        ...tnef.files.map((file) => ({
          name: safeFileName(file.name, 'file'),
          type: file.type ?? 'application/octet-stream',
          size: file.bytes.length,
          bytes: file.bytes,
          ...(file.contentId && { contentId: file.contentId }),
        })),
      )
    }
    const calendar = /^(?:text\/calendar|application\/ics)$/i.test(attachment.mimeType) ? describeCalendar(bytes, attachment.method) : undefined
    if (calendar !== undefined) result.calendar ??= calendar
  }
  return result
}

function withDistinctNames(attachments: InboundAttachment[]): InboundAttachment[] {
  const names = distinctNames(attachments.map((attachment) => attachment.name))
  return attachments.map((attachment, index) => ({ ...attachment, name: names[index] ?? attachment.name }))
}

function fileOf(attachment: Attachment, bytes: Uint8Array): InboundAttachment {
  const contentId = attachment.contentId?.replace(/^<|>$/g, '')
  return {
    name: safeFileName(attachment.filename, nameFor(attachment.mimeType)),
    type: attachment.mimeType || 'application/octet-stream',
    size: bytes.length,
    bytes,
    ...(contentId && { contentId }),
  }
}

function nameFor(type: string): string {
  const known: Record<string, string> = {
    'message/rfc822': 'message.eml',
    'message/delivery-status': 'delivery-status.txt',
    'message/disposition-notification': 'disposition-notification.txt',
    'message/feedback-report': 'feedback-report.txt',
    'text/rfc822-headers': 'headers.txt',
    'text/calendar': 'invite.ics',
    'application/ics': 'invite.ics',
    'application/pgp-encrypted': 'encrypted.asc',
  }
  const extension = type
    .split('/')[1]
    ?.replace(/^x-/, '')
    .replace(/[^a-z0-9]/gi, '')
  return known[type.toLowerCase()] ?? `file${extension && extension.length <= 5 && extension !== 'octetstream' ? `.${extension}` : ''}`
}

function reportsOf(attachments: Attachment[]): { type: string; text: string }[] {
  const wanted =
    /^(?:message\/(?:global-)?delivery-status|message\/disposition-notification|message\/feedback-report|message\/rfc822|text\/rfc822-headers|message\/global(?:-headers)?)$/i
  return attachments
    .filter((attachment) => wanted.test(attachment.mimeType))
    .map((attachment) => ({ type: attachment.mimeType.toLowerCase(), text: decodeText(contentOf(attachment).subarray(0, 65_536)) }))
}

function contentOf(attachment: Attachment): Uint8Array {
  if (typeof attachment.content === 'string') return Buffer.from(attachment.content, attachment.encoding === 'base64' ? 'base64' : 'utf8')
  return attachment.content instanceof Uint8Array ? attachment.content : new Uint8Array(attachment.content)
}

function mailboxes(addresses: Address | Address[] | undefined): Mailbox[] {
  if (addresses === undefined) return []
  const list = Array.isArray(addresses) ? addresses : [addresses]
  return list.flatMap((address) => (address.group === undefined ? [address] : address.group)).filter((mailbox) => mailbox.address?.includes('@'))
}
