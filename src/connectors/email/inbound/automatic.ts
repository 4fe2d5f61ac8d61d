import { headerValue } from '../mime/blocks.ts'
import type { Letter } from '../mime/read-letter.ts'

export type Automatic = 'auto-reply' | 'bounce' | 'mailing' | 'robot'

const robots = /^(?:mailer-daemon|postmaster|no-?_?reply|do-?not-?reply|notifications?|robot|bounces?|auto-?reply)(?:[+.\-_].*)?@/i
const daemons = /^(?:mailer-daemon|postmaster|double-bounce)(?:[+.\-_].*)?@/i
const awaySubject =
  /^\s*(?:Автоматический ответ|Автоответ(?:чик)?|Отсутствует на рабочем месте|Нет на (?:рабочем )?месте|Вне офиса|Я в отпуске|Нахожусь в отпуске|В отпуске|В командировке|Automatic reply|Auto(?:[- ]?(?:reply|response))?:|Out of (?:the )?Office|On vacation|Away:)/i
const bounceSubject =
  /(?:Undeliver(?:able|ed)|Mail delivery failed|failure notice|Delivery Status Notification|Returned mail|Недоставленное сообщение|Ваше сообщение не доставлено|Не удается доставить|Delivery (?:has )?failed)/i
const mailingHeaders = ['list-id', 'list-unsubscribe', 'list-post', 'feedback-id', 'x-mailru-msgtype']
const awayHeaders = ['x-autoreply', 'x-autorespond', 'x-autoreply-from']

/**
 * Whether a machine wrote this letter, and which kind of machine (RFC 3834, RFC 3464 and what vendors really send). Undefined: a person, as far
 * as one can tell. A subject alone is weak evidence of an absence notice, so it needs a reference to a letter or a header beside it.
 */
export function classifyAutomatic(letter: Letter): Automatic | undefined {
  const value = (name: string) => headerValue(letter.headers, name)
  const from = letter.from[0]?.address ?? letter.sender?.address ?? ''
  const type = value('content-type') ?? ''
  if (isBounce(letter, from, type)) return 'bounce'
  const submitted = (value('auto-submitted') ?? 'no').split(';')[0]?.trim().toLowerCase() ?? 'no'
  const precedence = (value('precedence') ?? '').trim().toLowerCase()
  const away = awaySubject.test(letter.subject)
  const isReply = value('in-reply-to') !== undefined || value('references') !== undefined
  if (
    submitted === 'auto-replied' ||
    precedence === 'auto_reply' ||
    value('x-apple-action') === 'vacation' ||
    awayHeaders.some((name) => value(name) !== undefined)
  )
    return 'auto-reply'
  if (away && (submitted !== 'no' || isReply || value('x-auto-response-suppress') !== undefined)) return 'auto-reply'
  if (/disposition-notification/i.test(type)) return 'auto-reply'
  if (['bulk', 'list', 'junk'].includes(precedence) || mailingHeaders.some((name) => value(name) !== undefined)) return 'mailing'
  if (submitted !== 'no' || robots.test(from) || /feedback-report/i.test(type)) return 'robot'
  return undefined
}

/** Addresses that no person reads; nobody should be answered there. */
export function isRobotAddress(address: string): boolean {
  return robots.test(address)
}

function isBounce(letter: Letter, from: string, type: string): boolean {
  const value = (name: string) => headerValue(letter.headers, name)
  if (/multipart\/report/i.test(type) && (/delivery-status/i.test(type) || letter.reports.some((report) => report.type.endsWith('delivery-status'))))
    return true
  if (value('x-failed-recipients') !== undefined || value('x-ms-exchange-message-is-ndr') !== undefined) return true
  const nullSender = /^<\s*>$/.test(value('return-path') ?? '')
  return (daemons.test(from) || nullSender) && bounceSubject.test(letter.subject)
}
