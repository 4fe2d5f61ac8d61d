import { ConnectorError, type ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Localised } from '../../core/connector/manifest.ts'

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

  constructor(code: ConnectorErrorCode, words: Localised, refusal: Refusal, retryAfterMs?: number) {
    super(code, words.en, { words, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    this.status = refusal.error_code
    this.description = refusal.description ?? ''
  }
}

const meaningsOf400: [pattern: RegExp, code: ConnectorErrorCode, en: string, ru: string][] = [
  [
    /chat not found|user not found|PEER_ID_INVALID|private chat not found/i,
    'invalid_recipient',
    'Telegram knows no such chat with this bot',
    'Telegram не знает такого чата с этим ботом',
  ],
  [
    /BUSINESS_PEER_USAGE_MISSING|BUSINESS_PEER_INVALID/i,
    'window_closed',
    'The client has not written to the business account in the last 24 hours',
    'Клиент не писал бизнес-аккаунту в последние 24 часа',
  ],
  [
    /BUSINESS_CONNECTION_(INVALID|NOT_ALLOWED)|business connection/i,
    'rejected',
    'The business account is no longer connected to this bot',
    'Бизнес-аккаунт больше не подключён к этому боту',
  ],
  [
    /upgraded to a supergroup/i,
    'rejected',
    'The chat became a supergroup, which this hub does not write to',
    'Чат стал супергруппой, в которую хаб не пишет',
  ],
  [/message is too long|caption is too long/i, 'rejected', 'Telegram says that the text is too long', 'Telegram считает текст слишком длинным'],
  [/text is empty|text must be non-empty/i, 'rejected', 'Telegram does not carry an empty message', 'Telegram не передаёт пустых сообщений'],
  [/file is too big|request entity too large/i, 'rejected', 'Telegram says that the file is too big', 'Telegram считает файл слишком большим'],
]

/**
 * What a refusal means for core. A server's own failure (5xx) of a sending call leaves open whether the message went out. `mayHaveActed`: the call
 * is one that must not happen twice, so an unclear end is `outcome_unknown`.
 */
export function explainRefusal(refusal: Refusal, mayHaveActed: boolean): TelegramRefusal {
  const { error_code: status, description = '' } = refusal
  const failed = (code: ConnectorErrorCode, en: string, ru: string, retryAfterMs?: number) =>
    new TelegramRefusal(code, { en, ru }, refusal, retryAfterMs)
  if (status === 429) {
    const seconds = refusal.parameters?.retry_after ?? 5
    return failed('rate_limited', `Telegram asks to wait for ${seconds} s`, `Telegram просит подождать ${seconds} с`, seconds * 1000)
  }
  if (status === 401 || status === 404)
    return failed('auth_failed', 'Telegram does not accept the token of the bot', 'Telegram не принимает токен бота')
  if (status === 403) {
    const why = description.replace(/^Forbidden: /, '')
    return failed('blocked', `The client cannot be written to: ${why}`, `Клиенту нельзя написать: ${why}`)
  }
  if (status === 409) return failed('temporary', `Telegram reports a conflict: ${description}`, `Telegram сообщает о конфликте: ${description}`)
  if (status >= 500) return failed(mayHaveActed ? 'outcome_unknown' : 'temporary', `Telegram failed with ${status}`, `Сбой Telegram: ${status}`)
  for (const [pattern, code, en, ru] of meaningsOf400) {
    if (pattern.test(description)) return failed(code, en, ru)
  }
  return failed('rejected', `Telegram refused: ${description || status}`, `Telegram отказал: ${description || status}`)
}
