import { ConnectorError, type ConnectorErrorCode } from '../../../core/connector/errors.ts'
import type { Localised } from '../../../core/connector/manifest.ts'
import { recogniseFailure } from './failure-table.ts'

/** A ConnectorError with its words in both languages; the message holds both, for whoever shows only that. */
export class MailError extends ConnectorError {
  declare readonly words: Localised

  constructor(code: ConnectorErrorCode, words: Localised, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, words.en === words.ru ? words.en : `${words.ru} / ${words.en}`, { ...options, words })
    this.name = 'MailError'
  }
}

/** What libraries and sockets attach to their errors. */
export interface Fault {
  message: string
  code?: string
  response?: string
  responseText?: string
  serverResponseCode?: string
  authenticationFailed?: boolean
  responseCode?: number
  command?: string
  permanent?: boolean
  oauthError?: unknown
}

export function faultOf(error: unknown): Fault {
  return error instanceof Error ? (error as Error & Fault) : { message: String(error) }
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/

/** Any failure to connect or sign in, as people should read it. Passing faults are `temporary`; a refused password is `auth_failed`. */
export function connectFailure(error: unknown, server: { host: string; port: number }): MailError {
  if (error instanceof MailError) return error
  const fault = faultOf(error)
  const place = `${server.host}:${server.port}`
  const said = [
    fault.response,
    fault.responseText,
    fault.serverResponseCode && `[${fault.serverResponseCode}]`,
    fault.oauthError && 'OAUTH',
    fault.message,
  ]
    .filter(Boolean)
    .join(' ')
  if (fault.serverResponseCode === 'LIMIT') return known('Maximum number of connections', error) ?? temporary(place, error)
  if (certificateCodes.test(`${fault.code ?? ''} ${fault.message}`))
    return new MailError(
      'auth_failed',
      {
        en: `The certificate of ${place} cannot be trusted: ${cleanWords(fault.message)}`,
        ru: `Сертификату сервера ${place} нельзя доверять: ${cleanWords(fault.message)}`,
      },
      { cause: error },
    )
  const isSocket =
    /^(?:E[A-Z]+|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|NoConnection|ClosedAfterConnect\w*)$/.test(fault.code ?? '') &&
    !/^(?:EAUTH|EENVELOPE|EMESSAGE)$/.test(fault.code ?? '')
  if (isSocket && !fault.response && !fault.authenticationFailed) return temporary(place, error)
  return (
    known(said, error) ??
    (fault.authenticationFailed || fault.code === 'EAUTH'
      ? (known('AUTHENTICATIONFAILED', error) ?? temporary(place, error))
      : temporary(place, error))
  )
}

function known(text: string, cause: unknown): MailError | undefined {
  const failure = recogniseFailure(text)
  if (failure === undefined) return undefined
  return new MailError(failure.code, failure.words, { cause, ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }) })
}

function temporary(place: string, cause: unknown): MailError {
  const reason = cleanWords(faultOf(cause).message)
  return new MailError('temporary', { en: `No connection to ${place}: ${reason}`, ru: `Нет связи с ${place}: ${reason}` }, { cause })
}

/** Words of a server without addresses, tokens and long codes. */
export function cleanWords(text: string): string {
  return text
    .replace(/[^\s<>@]+@[^\s<>@]+/g, '…')
    .replace(/\b[A-Za-z0-9+/_=-]{24,}\b/g, '…')
    .slice(0, 300)
}
