/**
 * The wire of the chat in a site's page: `/visitors/<channelKey>/…` and its socket. The page's script has these types and nothing else of ours; what it sends is
 * checked where it arrives. Words and wishes of visitors come by the channel's hook, as everything that comes from outside.
 */

/** `POST …/session`, a text of JSON. Without a token, or with one that no longer holds, a new visitor. */
export interface SessionRequest {
  token?: string
  language?: string
  /** As the site gave it to `identify()`. */
  identity?: unknown
}

export interface VisitorSession extends VisitorAttendance {
  token: string
  /** Under which the page sends; the same person may have earlier ones. */
  visitorId: string
  /** Why the site's word was not believed. */
  doubt?: string
}

/** `GET …/widget?lang=`: what to show. */
export interface VisitorWidget extends VisitorAttendance {
  widget: VisitorLook
}

export interface VisitorAttendance {
  /** Somebody can answer now. */
  isOnline: boolean
  /** ISO 8601 UTC, when it is closed and opens again. */
  opensAt: string | null
}

type Asked = 'no' | 'optional' | 'required'

export interface VisitorLook {
  colour: string
  onColour: string
  position: 'right' | 'left'
  asks: { name: Asked; phone: Asked; email: Asked }
  hasFiles: boolean
  maxFileBytes: number
  hasCallback: boolean
  title?: string
  greeting?: string
  offlineText?: string
  consentText?: string
  consentUrl?: string
  language?: 'ru' | 'en'
}

export interface VisitorFileView {
  id: string
  name: string
  type: string
  size: number | null
  /** Path on the hub, for a day; null: still on its way, or lost. */
  url: string | null
}

export interface VisitorMessage {
  id: string
  /** Of his own messages: the id that his page gave it. */
  ownId: string | null
  isOwn: boolean
  text: string
  /** ISO 8601 UTC. */
  at: string
  author: string | null
  isRead: boolean
  files: VisitorFileView[]
}

/** `POST …/history`: `{ token, before? }`. Newest first; `before` is the next page; `after` is what to say in `hello`. */
export interface VisitorHistory {
  items: VisitorMessage[]
  before: string | null
  after: string | null
}

/** What the page says on its socket, `…/socket`. `hello` first, within ten seconds. */
export type FromPage = { is: 'hello'; token: string; after: string | null } | { is: 'typing'; isTyping: boolean }

/** What the hub says. Answers come in order; `after` is what to come back with. */
export type ToPage =
  | ({ is: 'ready' } & VisitorAttendance)
  | { is: 'answers'; items: VisitorMessage[]; after: string }
  | { is: 'typing'; isTyping: boolean; name: string | null }
  /** Somebody of the firm has the conversation before him: all that was written is read. */
  | { is: 'seen' }
  /** Every half minute, so that a dead line is noticed. */
  | ({ is: 'beat' } & VisitorAttendance)
