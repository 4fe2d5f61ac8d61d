import { createTransport } from 'nodemailer'
import type { SendablePart } from '../../../core/connector/outgoing.ts'
import type { LetterData } from '../outbound.ts'
import type { EmailSettings } from '../settings.ts'

export interface BuiltLetter {
  raw: Buffer
  envelope: { from: string; to: string[]; size: number }
}

/** The bytes of a letter, built once: the same go to SMTP and into the Sent folder. There is never a Bcc header. */
export async function buildLetter(
  data: LetterData,
  files: SendablePart['files'],
  options: { settings: EmailSettings; date: Date; loopMark: string },
): Promise<BuiltLetter> {
  const { settings } = options
  const attachments = await Promise.all(
    files.map(async (file) => ({ filename: file.name, contentType: file.type, content: Buffer.from(await file.read()) })),
  )
  const builder = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const built = await builder.sendMail({
    from: settings.fromName ? { name: settings.fromName, address: settings.address } : settings.address,
    to: data.to,
    ...(data.cc.length > 0 && { cc: data.cc }),
    ...(data.replyTo !== undefined && { replyTo: data.replyTo }),
    subject: data.subject,
    text: data.text,
    html: data.html,
    attachments,
    messageId: data.messageId,
    ...(data.inReplyTo !== undefined && { inReplyTo: data.inReplyTo }),
    ...(data.references.length > 0 && { references: data.references }),
    date: options.date,
    headers: automaticHeaders(data, settings, options.loopMark),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const raw = unfoldMessageId(Buffer.isBuffer(built.message) ? built.message : Buffer.alloc(0))
  return { raw, envelope: { from: settings.address, to: [data.to, ...data.cc], size: raw.length } }
}

/** Some programs lose a Message-ID that stands on a continuation line, and with it the thread. */
function unfoldMessageId(raw: Buffer): Buffer {
  const folded = Buffer.from('\r\nMessage-ID:\r\n <')
  const at = raw.indexOf(folded)
  if (at < 0 || at > raw.indexOf('\r\n\r\n')) return raw
  return Buffer.concat([raw.subarray(0, at), Buffer.from('\r\nMessage-ID: <'), raw.subarray(at + folded.length)])
}

/**
 * What tells other machines that no person wrote this (RFC 3834: an answer to a letter, or not), how the client ends it (RFC 2369; the word is
 * read like any other "stop"), and what we know our own letters by.
 */
function automaticHeaders(data: LetterData, settings: EmailSettings, loopMark: string): Record<string, string> {
  const own = { 'X-Switchboard-Loop': loopMark }
  if (!data.automatic) return own
  return {
    ...own,
    'Auto-Submitted': data.inReplyTo === undefined ? 'auto-generated' : 'auto-replied',
    'X-Auto-Response-Suppress': 'All',
    Precedence: 'bulk',
    'List-Unsubscribe': `<mailto:${settings.address}?subject=unsubscribe>`,
  }
}
