import type { ConnectorError, ConnectorErrorCode } from '../connector/errors.ts'
import type { Localised } from '../connector/manifest.ts'
import type { OutgoingAttachment } from '../connector/outgoing.ts'
import type { EntryStatus } from '../timeline/entry.ts'

export type PartStatus = EntryStatus

/** Shown on the message. `code` is a connector's, or one of the outbox's own. */
export interface PartError {
  code: ConnectorErrorCode | 'given_up' | 'not_sent' | 'channel_gone'
  message: string
  /** The message in each language, where its author has both. */
  words?: Localised
}

/** An error of the outbox's own, in both languages. */
export function ownError(code: PartError['code'], en: string, ru: string): PartError {
  return { code, message: en, words: { en, ru } }
}

/** A part that this process has made `sending`: only whoever holds this attempt may write its outcome. */
export interface ClaimedPart {
  id: string
  entryId: string
  channelId: string
  conversationId: string
  position: number
  data: unknown
  attachmentIds: string[]
  attempts: number
  sendingBy: number
  createdAt: Date
}

/** A file of a part, with its name in storage. */
export interface PartFile extends OutgoingAttachment {
  file: string
}

/** What came of a call. `waitMs` from now; `channelWaits`: nothing else of the channel is tried before either. */
export type Outcome =
  | { is: 'sent'; externalId: string; alsoKnownAs: string[] }
  | { is: 'again'; waitMs: number; channelWaits: boolean; error: PartError }
  | { is: 'unconfirmed'; error: PartError }
  | { is: 'failed'; error: PartError }

const giveUpAfterMs = 24 * 60 * 60 * 1000
const longestTemporaryWaitMs = 10 * 60 * 1000
const longestAuthWaitMs = 60 * 60 * 1000

/**
 * Acts on a ConnectorError's code alone: `auth_failed` and `rate_limited` hold the whole channel, `temporary` is tried for a day.
 * `attempts` counts the one just made; `ageMs` is the age of the part. A vendor that is busy and says "again in 0 s" is asked less and less often.
 */
export function outcomeOfError(
  { code, message, words }: Pick<ConnectorError, 'code' | 'message' | 'words'>,
  about: { attempts: number; ageMs: number; retryAfterMs: number | undefined },
): Outcome {
  const error: PartError = { code, message, ...(words && { words }) }
  const doubled = (firstMs: number, longestMs: number) => Math.min(firstMs * 2 ** Math.min(about.attempts - 1, 20), longestMs)
  switch (code) {
    case 'rate_limited':
      return { is: 'again', waitMs: about.retryAfterMs || doubled(1_000, longestTemporaryWaitMs), channelWaits: true, error }
    case 'auth_failed':
      return { is: 'again', waitMs: doubled(60_000, longestAuthWaitMs), channelWaits: true, error }
    case 'temporary':
      if (about.ageMs > giveUpAfterMs)
        return {
          is: 'failed',
          error: ownError('given_up', `Given up after a day of trying. ${message}`, `За сутки отправить не удалось. ${words?.ru ?? message}`),
        }
      return { is: 'again', waitMs: about.retryAfterMs || doubled(2_000, longestTemporaryWaitMs), channelWaits: false, error }
    case 'outcome_unknown':
      return { is: 'unconfirmed', error }
    case 'rejected':
    case 'invalid_recipient':
    case 'window_closed':
    case 'blocked':
    case 'unsupported':
      return { is: 'failed', error }
  }
}

/** `failed` stands between `sent` and `delivered`: a proof of delivery outweighs a failure, in whatever order the two come. */
const receiptRank: Partial<Record<PartStatus, number>> = { queued: 0, sending: 0, unconfirmed: 0, sent: 1, failed: 2, delivered: 3, read: 4 }

/** True when a receipt says more than is known: receipts never go backwards. */
export function isNews(known: PartStatus, said: PartStatus): boolean {
  return (receiptRank[said] ?? 0) > (receiptRank[known] ?? 0)
}

export interface PartState {
  status: PartStatus
  error: PartError | null
}

/** The status of a message follows from its parts, in order: a message is sent when all of it is. */
export function entryStatusOf(parts: PartState[]): PartState {
  const worst = (status: PartStatus) => parts.findIndex((part) => part.status === status)
  for (const status of ['failed', 'unconfirmed'] as const) {
    const at = worst(status)
    if (at >= 0) return { status, error: partError(parts, at) }
  }
  const waiting = parts.findIndex((part) => part.status === 'queued' || part.status === 'sending')
  if (waiting >= 0) {
    const status = parts.every((part) => part.status === 'queued') ? 'queued' : 'sending'
    return { status, error: partError(parts, waiting) }
  }
  const least = (['sent', 'delivered', 'read'] as const).find((status) => worst(status) >= 0)
  return { status: least ?? 'sent', error: null }
}

function partError(parts: PartState[], at: number): PartError | null {
  const error = parts[at]?.error
  if (!error) return null
  if (parts.length === 1) return error
  const { code, message, words } = error
  const place = `${at + 1}/${parts.length}`
  return {
    code,
    message: `Part ${place}: ${message}`,
    ...(words && { words: { en: `Part ${place}: ${words.en}`, ru: `Часть ${place}: ${words.ru}` } }),
  }
}
