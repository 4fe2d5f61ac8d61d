import { ConnectorError, type ConnectorErrorCode } from '../../core/connector/errors.ts'

/** An answer with `ok: false`: https://core.telegram.org/bots/api#making-requests */
export interface Refusal {
  error_code: number
  description?: string
  parameters?: { retry_after?: number } | undefined
}

/** Telegram's own refusal, with its number for those who must tell them apart. */
export class TelegramRefusal extends ConnectorError {
  readonly status: number
  readonly description: string

  constructor(code: ConnectorErrorCode, message: string, refusal: Refusal, retryAfterMs?: number) {
    super(code, message, retryAfterMs === undefined ? {} : { retryAfterMs })
    this.status = refusal.error_code
    this.description = refusal.description ?? ''
  }
}

/** `mayHaveActed`: the call is one that must not happen twice, so an unclear end is `outcome_unknown`. */
export interface CallContext {
  mayHaveActed: boolean
}

const wordsOf400: [pattern: RegExp, code: ConnectorErrorCode, words: string][] = [
  [/chat not found|user not found|PEER_ID_INVALID|private chat not found/i, 'invalid_recipient', 'Telegram knows no such chat with this bot'],
  [/BUSINESS_PEER_USAGE_MISSING|BUSINESS_PEER_INVALID/i, 'window_closed', 'The client has not written to the business account in the last 24 hours'],
  [/BUSINESS_CONNECTION_(INVALID|NOT_ALLOWED)|business connection/i, 'rejected', 'The business account is no longer connected to this bot'],
  [/upgraded to a supergroup/i, 'rejected', 'The chat became a supergroup, which this hub does not write to'],
  [/message is too long|caption is too long/i, 'rejected', 'Telegram says that the text is too long'],
  [/text is empty|text must be non-empty/i, 'rejected', 'Telegram does not carry an empty message'],
  [/file is too big|request entity too large/i, 'rejected', 'Telegram says that the file is too big'],
]

/** What a refusal means for core. A server's own failure (5xx) of a sending call leaves open whether the message went out. */
export function explainRefusal(refusal: Refusal, { mayHaveActed }: CallContext): TelegramRefusal {
  const { error_code: status, description = '' } = refusal
  const failed = (code: ConnectorErrorCode, words: string, retryAfterMs?: number) => new TelegramRefusal(code, words, refusal, retryAfterMs)
  if (status === 429) {
    const seconds = refusal.parameters?.retry_after ?? 5
    return failed('rate_limited', `Telegram asks to wait for ${seconds} s`, seconds * 1000)
  }
  if (status === 401 || status === 404) return failed('auth_failed', 'Telegram does not accept the token of the bot')
  if (status === 403) return failed('blocked', `The client cannot be written to: ${description.replace(/^Forbidden: /, '')}`)
  if (status === 409) return failed('temporary', `Telegram reports a conflict: ${description}`)
  if (status >= 500) return failed(mayHaveActed ? 'outcome_unknown' : 'temporary', `Telegram failed with ${status}`)
  for (const [pattern, code, words] of wordsOf400) {
    if (pattern.test(description)) return failed(code, words)
  }
  return failed('rejected', `Telegram refused: ${description || status}`)
}

// Codes of a connection that was never made, so nothing can have been said over it.
const neverLeft = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EPROTO|CERT_.*|.*_CERT.*|UNABLE_TO_.*|ERR_TLS_.*)$/

/** What a broken connection means for core; `systemCode` as Node gives it (`ECONNRESET`), absent for a time-out or an unreadable answer. */
export function explainBreak(systemCode: string | undefined, { mayHaveActed }: CallContext): ConnectorError {
  if (systemCode !== undefined && neverLeft.test(systemCode)) return new ConnectorError('temporary', `Telegram cannot be reached (${systemCode})`)
  const words = `No clear answer came from Telegram (${systemCode ?? 'time-out or unreadable answer'})`
  return new ConnectorError(mayHaveActed ? 'outcome_unknown' : 'temporary', words)
}
