import { z } from 'zod'
import { type OutgoingMessage, type Rendered, refuse } from '../../core/connector/outgoing.ts'
import { isOwnAddress } from './inbound/addressed.ts'
import { makeMessageId } from './message-id.ts'
import { foldAddress, splitPlus } from './mime/addresses.ts'
import { replySubject, textToHtml } from './outbound/wording.ts'
import { endpointsOf } from './servers/endpoints.ts'
import { presets, providerOf } from './servers/presets.ts'
import type { EmailSettings } from './settings.ts'

/** One letter, as kept in the outbox row. */
export const letterData = z.object({
  to: z.string(),
  cc: z.array(z.string()),
  replyTo: z.string().optional(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** With brackets; the same at every attempt. */
  messageId: z.string(),
  inReplyTo: z.string().optional(),
  references: z.array(z.string()),
  automatic: z.boolean(),
})
export type LetterData = z.infer<typeof letterData>

const base64Growth = 1.37
const addressPattern = /^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+$/

/** Pure: one message is one letter. Refused when nobody can get it, nothing can send it, or it is too large. */
export function render(message: OutgoingMessage, settings: EmailSettings): Rendered<LetterData> {
  if (endpointsOf(settings).outgoing === undefined)
    return refuse(
      'unsupported',
      'This mailbox has no SMTP server: it only receives.',
      'У этого ящика не задан SMTP-сервер: он только принимает письма.',
    )
  const to = message.to.value.trim()
  if (message.to.kind !== 'email' || !addressPattern.test(to))
    return refuse('invalid_recipient', `${to || '—'} is not an e-mail address.`, `${to || '—'} — не адрес почты.`)
  const bytes = message.attachments.reduce((sum, file) => sum + file.size, 0) * base64Growth + message.text.length * 3
  if (bytes > settings.maxSendBytes) {
    const megabytes = Math.floor(settings.maxSendBytes / base64Growth / 1_000_000)
    return refuse(
      'unsupported',
      `The files are too large for a letter: at most ${megabytes} MB together.`,
      `Файлы слишком велики для письма: вместе не более ${megabytes} МБ.`,
    )
  }
  return { parts: [{ data: letterOf(message, settings, to), attachmentIds: message.attachments.map((file) => file.id) }] }
}

function letterOf(message: OutgoingMessage, settings: EmailSettings, to: string): LetterData {
  const ids = message.references.filter((id) => /^<[^<>\s]+>$/.test(id))
  const answered = message.replyTo !== undefined && /^<[^<>\s]+>$/.test(message.replyTo) ? message.replyTo : ids.at(-1)
  const chain = answered === undefined || ids.at(-1) === answered ? ids : [...ids.filter((id) => id !== answered), answered]
  const replyTo = replyAddress(message, settings)
  return {
    to,
    cc: copiesOf(message, settings, to),
    ...(replyTo !== undefined && { replyTo }),
    subject: replySubject(message.subject, message.text, answered !== undefined),
    text: message.text,
    html: textToHtml(message.text),
    messageId: makeMessageId(message, settings.address),
    ...(answered !== undefined && { inReplyTo: answered }),
    references: chain.length > 11 ? [...chain.slice(0, 1), ...chain.slice(-10)] : chain,
    automatic: message.automatic,
  }
}

function copiesOf(message: OutgoingMessage, settings: EmailSettings, to: string): string[] {
  const seen = new Set([foldAddress(to)])
  return (message.cc ?? []).flatMap(({ kind, value }) => {
    const folded = foldAddress(value)
    if (kind !== 'email' || !addressPattern.test(value) || seen.has(folded) || isOwnAddress(value, settings)) return []
    seen.add(folded)
    return [value]
  })
}

/** `name+token@domain`, where the mailbox is known to take such addresses. */
function replyAddress(message: OutgoingMessage, settings: EmailSettings): string | undefined {
  const provider = providerOf(settings)
  const takesPlus =
    settings.plusAddressing ?? (endpointsOf(settings).incoming === undefined || (provider !== undefined && presets[provider].plusAddressing))
  if (!takesPlus || !/^[A-Za-z0-9._-]{1,50}$/.test(message.replyToken)) return undefined
  const { base } = splitPlus(settings.address)
  const at = base.lastIndexOf('@')
  const local = base.slice(0, at)
  return local.length + message.replyToken.length > 63 ? undefined : `${local}+${message.replyToken}${base.slice(at)}`
}
