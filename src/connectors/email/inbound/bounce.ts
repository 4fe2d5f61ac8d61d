import { headerValue, readHeaders } from '../mime/blocks.ts'
import type { Letter } from '../mime/read-letter.ts'

/** What became of one of our letters at one recipient. */
export interface DeliveryReport {
  recipient?: string
  action: 'failed' | 'delayed' | 'delivered'
  /** Enhanced status code (RFC 3463) or SMTP code. */
  status?: string
  diagnostic?: string
  reason: BounceReason
}

export type BounceReason =
  | 'address_dead'
  | 'domain_dead'
  | 'mailbox_full'
  | 'disabled'
  | 'too_big'
  | 'policy'
  | 'our_limit'
  | 'loop'
  | 'gave_up'
  | 'other'

const idPattern = /<[^<>\s]+@[^<>\s]+>/
/** Where the text of a bounce ends and the copy of our letter begins: Exim, qmail, Exchange, Gmail. */
const copyMarks =
  /^(?:-{2,}\s*(?:This is a copy of (?:the|your) message|Below this line is a copy|Original message|Исходное сообщение).*|Original message headers:.*)$/im

/** Reads a bounce: RFC 3464 groups where there are, else the words of Exim, Mail.ru, qmail and their like. */
export function readBounce(letter: Letter): { originalId?: string; reports: DeliveryReport[] } {
  const status = letter.reports.find((report) => report.type.endsWith('delivery-status'))
  const originalId = findOriginalId(letter)
  const reports = status === undefined ? [] : readGroups(status.text)
  if (reports.length === 0) reports.push(...readWords(letter))
  return { ...(originalId !== undefined && { originalId }), reports }
}

/** Message-ID of the letter of ours that a report is about. */
export function findOriginalId(letter: Letter): string | undefined {
  for (const report of letter.reports) {
    const headers = readHeaders(Buffer.from(report.text, 'utf8'))
    const named = headerValue(headers, 'original-message-id') ?? (/rfc822|global/.test(report.type) ? headerValue(headers, 'message-id') : undefined)
    const id = named === undefined ? undefined : idPattern.exec(named)?.[0]
    if (id !== undefined) return id
  }
  const copy = copyOf(letter.text)
  const inCopy = /^\s*Message-ID:\s*(<[^<>\s]+>)/im.exec(copy)?.[1]
  return inCopy ?? idPattern.exec(headerValue(letter.headers, 'in-reply-to') ?? '')?.[0]
}

function readGroups(text: string): DeliveryReport[] {
  const groups = text.split(/\r?\n[ \t]*\r?\n/).map((group) => readHeaders(Buffer.from(group.trim(), 'utf8')))
  return groups.flatMap((group) => {
    const action = (headerValue(group, 'action') ?? '').toLowerCase()
    if (action === '') return []
    const diagnostic = headerValue(group, 'diagnostic-code')?.replace(/^[\w-]+;\s*/, '')
    const status = statusIn(headerValue(group, 'status') ?? '') ?? statusIn(diagnostic ?? '')
    const recipient = (headerValue(group, 'original-recipient') ?? headerValue(group, 'final-recipient'))?.replace(/^[\w-]+;\s*/, '')
    return [report({ action: actionOf(action), status, diagnostic: utf8(diagnostic), recipient })]
  })
}

function readWords(letter: Letter): DeliveryReport[] {
  const copy = copyMarks.exec(letter.text)
  const words = (copy === null ? letter.text : letter.text.slice(0, copy.index)).slice(0, 20_000)
  const recipients = (headerValue(letter.headers, 'x-failed-recipients') ?? '').split(',').map((address) => address.trim())
  const recipient =
    recipients.find((address) => address !== '') ?? /^[ \t]*<?([^\s<>:;()]{1,200}@[^\s<>:;()]{1,200}?)>?:?[ \t]*\r?$/m.exec(words)?.[1]
  const line =
    words.split('\n').find((text) => statusIn(text) !== undefined) ??
    words.split('\n').find((text) => /user (?:not found|unknown)|mailbox|quota|не (?:найден|существует)/i.test(text))
  const isDelayed = /(?:delayed|will be retried|still being retried|пока не доставлено|ещё не доставлено)/i.test(`${letter.subject} ${words}`)
  return [report({ action: isDelayed ? 'delayed' : 'failed', status: statusIn(line ?? ''), diagnostic: line?.trim(), recipient })]
}

function report(found: {
  action: DeliveryReport['action']
  status: string | undefined
  diagnostic: string | undefined
  recipient: string | undefined
}): DeliveryReport {
  return {
    action: found.action,
    reason: reasonOf(found.status, found.diagnostic ?? ''),
    ...(found.status !== undefined && { status: found.status }),
    ...(found.diagnostic && { diagnostic: found.diagnostic.slice(0, 500) }),
    ...(found.recipient && { recipient: found.recipient }),
  }
}

function actionOf(action: string): DeliveryReport['action'] {
  if (action.startsWith('fail')) return 'failed'
  return action.startsWith('delay') ? 'delayed' : 'delivered'
}

function statusIn(text: string): string | undefined {
  return /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? /(?:^|[\s:(#])([45]\d\d)(?=[\s:)-]|$)/.exec(text)?.[1]
}

const byStatus: [RegExp, BounceReason][] = [
  [/^5\.1\.(?:0|1|6|10)$|^5\.4\.1$/, 'address_dead'],
  [/^5\.1\.2$|^5\.4\.(?:4|310)$/, 'domain_dead'],
  [/^[45]\.2\.2$|^552$/, 'mailbox_full'],
  [/^5\.2\.1$/, 'disabled'],
  [/^5\.2\.3$|^5\.3\.4$/, 'too_big'],
  [/^5\.4\.5$|^4\.7\.\d+$/, 'our_limit'],
  [/^5\.7\.\d+$/, 'policy'],
  [/^5\.4\.(?:6|14)$/, 'loop'],
  [/^[45]\.4\.7$/, 'gave_up'],
]
const byWords: [RegExp, BounceReason][] = [
  [/quota|mailbox (?:is )?full|переполнен/i, 'mailbox_full'],
  [/user (?:not found|unknown)|unknown user|no such (?:user|mailbox)|does not exist|RecipientNotFound|не (?:найден|существует)/i, 'address_dead'],
  [/host (?:or domain name )?not found|domain/i, 'domain_dead'],
  [/spam|policy|blocked|dmarc/i, 'policy'],
  [/rate|limit/i, 'our_limit'],
]

function reasonOf(status: string | undefined, words: string): BounceReason {
  const coded = status === undefined ? undefined : byStatus.find(([pattern]) => pattern.test(status))?.[1]
  return coded ?? byWords.find(([pattern]) => pattern.test(words))?.[1] ?? 'other'
}

function copyOf(text: string): string {
  const mark = copyMarks.exec(text)
  return mark === null ? '' : text.slice(mark.index, mark.index + 20_000)
}

function utf8(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'latin1').toString('utf8')
}
