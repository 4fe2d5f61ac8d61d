import type { Localised } from './manifest.ts'

export const connectorErrorCodes = [
  'auth_failed',
  'rate_limited',
  'temporary',
  'outcome_unknown',
  'rejected',
  'invalid_recipient',
  'window_closed',
  'blocked',
  'unsupported',
] as const

/**
 * Core acts on the code alone. `auth_failed`: the channel needs attention. `rate_limited`: wait `retryAfterMs`. `temporary`: nothing can
 * have been accepted, retry with back-off. `outcome_unknown`: the request left and no clear answer came. The rest stop, and are shown on the message.
 */
export type ConnectorErrorCode = (typeof connectorErrorCodes)[number]

export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode
  readonly retryAfterMs: number | undefined
  /** The message in each language, where the connector has both. */
  readonly words: Localised | undefined

  /** `message` is for people and holds no secret. */
  constructor(code: ConnectorErrorCode, message: string, options: { retryAfterMs?: number; words?: Localised; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'ConnectorError'
    this.code = code
    this.retryAfterMs = options.retryAfterMs
    this.words = options.words
  }
}
