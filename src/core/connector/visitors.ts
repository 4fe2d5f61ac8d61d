/**
 * Somebody on a page of the firm's own site, known by nothing but a token of ours. A connector whose other end is such a page has `admitsPage` and
 * `greetVisitor`, is told by the door whose token a request bears, and is the only one that gets `hub.visitors`.
 */

/** Kind of the identity by which a visitor is written to; its value is the id that his token names. */
export const visitorKind = 'visitor'

/** What a page says when its script asks to be let in. */
export interface Visit {
  /** `en`, `ru-RU` …, as the page or the browser says. */
  language: string
  /** What the site says of who this is, as it came: unproven. */
  identity?: unknown
  now: Date
}

export interface Greeting {
  /** For the script: texts, colours, what to ask. No secret. */
  widget: Record<string, unknown>
  /** May visitors see the names of our users? */
  showsNames: boolean
  /** Present when the site has proven who this is: the same person has the same id on every device. */
  visitorId?: string
  /** Why the site's word was not believed; for the site's developer. */
  doubt?: string
}

/** What core's door knows of a request and a connector cannot find out by itself. */
export interface Door {
  /** Ids of the visitor whom a token of ours names, his own first; undefined: it is not ours, another channel's, or too old. */
  visitorsOf(token: string): string[] | undefined
  /** How many times within the last minute this was asked for this sender of the channel, this one included. */
  count(sender: string): number
}

/** Something that a visitor's page is to know at once. Nothing hangs on it: what was missed is read from the history. */
export type VisitorNews = { is: 'message' } | { is: 'typing'; isTyping: boolean; name: string }

/** A wish to be rung, left on a page. */
export interface CallBackWish {
  /** Stable: the same wish rings once. */
  key: string
  visitorId: string
  phone: string
  /** The telephone channel that shall place the call. */
  channelId: string
}

/** The way to pages that are open now. */
export interface Visitors {
  push(visitorId: string, news: VisitorNews): Promise<void>
  /** Has the call placed, once, where somebody is there to talk; else nothing: the wish waits as the message that it is. */
  callBack(wish: CallBackWish): Promise<void>
}
