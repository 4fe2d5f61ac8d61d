import { ConnectorError, type ConnectorErrorCode } from '../../../core/connector/errors.ts'
import { recogniseFailure } from '../servers/failure-table.ts'
import { cleanWords, connectFailure, faultOf, MailError } from '../servers/mail-error.ts'

const greylistMs = 5 * 60_000
const limitMs = 60 * 60_000

/**
 * What a failed send means. Before the final dot nothing can have been accepted; after it, without an answer, the outcome is unknown. Codes by
 * RFC 3463 and what vendors mean by them: 5.7.x and limits are troubles of ours, not of the recipient's address.
 */
export function sendFailure(error: unknown, context: { host: string; port: number; dotWritten: boolean; to: string }): ConnectorError {
  if (error instanceof ConnectorError) return error
  const fault = faultOf(error)
  const status = fault.responseCode
  if (fault.code === 'EAUTH') return connectFailure(error, context)
  if (status === undefined) {
    if (context.dotWritten) return outcomeUnknown(context.host, error)
    if (fault.code === 'EMESSAGE')
      return rejected('The server does not take letters of this size.', 'Сервер не принимает письма такого размера.', error)
    return connectFailure(error, context)
  }
  return refusalOf(fault.response ?? fault.message, status, { to: context.to, cause: error, atRecipient: fault.code === 'EENVELOPE' })
}

/** The meaning of one SMTP answer. `atRecipient`: it was said to RCPT, so it is about the address. */
export function refusalOf(response: string, status: number, about: { to: string; cause: unknown; atRecipient: boolean }): ConnectorError {
  const words = cleanWords(response)
  const fail = (code: ConnectorErrorCode, en: string, ru: string, retryAfterMs?: number) =>
    new MailError(
      code,
      { en: `${en} (${words})`, ru: `${ru} (${words})` },
      { cause: about.cause, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    )
  const known = recogniseFailure(response)
  if (known !== undefined && (known.code === 'rate_limited' || known.code === 'rejected'))
    return new MailError(known.code, known.words, {
      cause: about.cause,
      ...(known.retryAfterMs !== undefined && { retryAfterMs: known.retryAfterMs }),
    })
  if (status === 530 || status === 535) return connectFailure(Object.assign(new Error(response), { response, code: 'EAUTH' }), { host: '', port: 0 })
  const isGreylisted = /4\.7\.1\b|gr[ea]ylist/i.test(response)
  if (status < 500) return fail('temporary', 'The server asks to try later', 'Сервер просит повторить позже', isGreylisted ? greylistMs : undefined)
  if (/quota exceeded for sending|sending limit|rate limit|too many messages|5\.4\.5/i.test(response))
    return fail('rate_limited', 'The sending limit is reached', 'Достигнут лимит отправки', limitMs)
  if (/5\.1\.(?:0|1|2|3|6|10)|5\.2\.1|5\.4\.1\b|user unknown|unknown user|no such user|does not exist|not found|invalid mailbox/i.test(response))
    return fail('invalid_recipient', `The address ${about.to} does not exist`, `Адрес ${about.to} не существует`)
  if (status === 552 || /5\.2\.2|5\.2\.3|5\.3\.4/.test(response))
    return fail('rejected', 'The mailbox is full or the letter is too large', 'Ящик переполнен или письмо слишком велико')
  if (/5\.7\.|spam|policy|blocked|blacklist|dmarc/i.test(response))
    return fail('rejected', 'The letter was refused by a rule of the server', 'Письмо отклонено правилами сервера')
  return about.atRecipient
    ? fail('invalid_recipient', `${about.to} was refused`, `Адрес ${about.to} отклонён`)
    : fail('rejected', 'The letter was refused', 'Письмо отклонено')
}

function outcomeUnknown(host: string, cause: unknown): MailError {
  return new MailError(
    'outcome_unknown',
    {
      en: `${host} ended the connection after the letter was handed over: it may have been sent or not.`,
      ru: `${host} оборвал связь после передачи письма: оно могло уйти, а могло и нет.`,
    },
    { cause },
  )
}

function rejected(en: string, ru: string, cause: unknown): MailError {
  return new MailError('rejected', { en, ru }, { cause })
}
