/** Every error that a use case tells the outside: HTTP status and English text. Codes are stable, scripts rely on them. */
export const errorTable = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  unknown_disposition: { status: 400, title: 'This result is on no list of the firm' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  not_signed_in: { status: 401, title: 'Sign in, or send an API key' },
  invalid_key: { status: 401, title: 'This API key is unknown or revoked' },
  wrong_password: { status: 401, title: 'The e-mail or the password is wrong' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  missing_scope: { status: 403, title: 'This API key has no scope for this' },
  origin_refused: { status: 403, title: 'The request comes from another site' },
  setup_link_invalid: { status: 403, title: 'The set-up link is used up, or wrong' },
  not_found: { status: 404, title: 'There is no such thing' },
  conflict: { status: 409, title: 'It was changed by somebody else in the meantime' },
  stale_reply: { status: 409, title: 'There is something new in this conversation that you have not seen' },
  idempotency_conflict: { status: 409, title: 'This Idempotency-Key was used with another request' },
  idempotency_unfinished: { status: 409, title: 'The first request with this Idempotency-Key has not finished' },
  setup_done: { status: 409, title: 'Set-up is done already' },
  last_admin: { status: 409, title: 'The last administrator cannot be switched off or changed to another role' },
  name_taken: { status: 409, title: 'The name is taken' },
  email_taken: { status: 409, title: 'There is a user with this e-mail' },
  already_merged: { status: 409, title: 'This card is merged already' },
  not_merged: { status: 409, title: 'This merge is undone already' },
  already_released: { status: 409, title: 'It was released already' },
  channel_paused: { status: 409, title: 'The channel is paused' },
  cursor_expired: { status: 410, title: 'The live cursor is too old: load everything anew' },
  body_too_large: { status: 413, title: 'The request is too large' },
  unsupported_type: { status: 415, title: 'Send JSON (content-type: application/json)' },
  unknown_connector: { status: 422, title: 'There is no such connector' },
  invalid_settings: { status: 422, title: 'The settings are not valid' },
  check_failed: { status: 422, title: 'The check of the channel failed' },
  no_way_back: { status: 422, title: 'There is no address to which this channel can write' },
  unsupported: { status: 422, title: 'This channel cannot do that' },
  weak_password: { status: 422, title: 'The password needs at least 10 characters' },
  too_many_requests: { status: 429, title: 'Too many attempts; wait a little' },
  internal: { status: 500, title: 'The hub made a mistake; it is in its log' },
  unavailable: { status: 503, title: 'The hub cannot do this right now; try again' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errorTable

/** An error for people. `detail` says more about this one case; `members` are further fields of the problem (RFC 9457 §3.2). No secrets in either. */
export class CoreError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly detail: string | undefined
  readonly members: Record<string, unknown>

  constructor(code: ErrorCode, detail?: string, members: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(detail ?? errorTable[code].title, options)
    this.name = 'CoreError'
    this.code = code
    this.status = errorTable[code].status
    this.detail = detail
    this.members = members
  }
}
