import { createHmac } from 'node:crypto'
import type { ApiAnswer, ApiCall } from '../fake-api.ts'

/** Something that happened at a vendor, which its webhook tells of. Ids and clients are digits. */
export interface Said {
  id: number
  client: number
  text: string
  /** A picture beside the text, by the vendor's own name of it. */
  media?: string
  /** Milliseconds since 1970; absent: now. */
  at?: number
  /** Written by us, in the vendor's own app or by its API. */
  isOurs?: boolean
  /** The key that our API call gave it, as the vendor shows it in its echo. */
  ownKey?: string | undefined
  /** What makes the item unreadable. */
  isBroken?: boolean
}

export interface HookCall {
  headers: Record<string, string>
  body: string
}

export interface Outgoing {
  client: number
  text: string
  /** Captions of the ready answers under it. */
  buttons?: string[]
  /** Our own key of it, for vendors that show it again. */
  ownKey?: string
}

type Refusal = 'revoked' | 'busy' | 'window' | 'blocked'

/** A messenger as the tests play it: what its webhooks look like, and what its API says. */
export interface Vendor {
  /** The connector. */
  id: string
  settings(root: string): Record<string, unknown>
  /** The requests that tell of all this: one where the vendor sends batches, else one for each. */
  hooks(said: Said[]): HookCall[]
  /** What a call of the API sends; undefined for all other calls. */
  sending(call: ApiCall): Outgoing | undefined
  /** The answer to a message that was sent under this id. */
  accepted(id: number, sending: Outgoing): ApiAnswer
  /** The answer to a refused one; `busy` wants to be asked again after a second. What is absent this vendor never says. */
  refused: Partial<Record<Refusal, ApiAnswer>>
  /** Answers to everything else. `root`: its own address. */
  otherwise(call: ApiCall, root: string): ApiAnswer
  /** Names of pictures at that address: one that is there, one that is gone. */
  media?: (root: string) => { good: string; dead: string }
  /** It tells of what was sent from its own app. */
  echoes: boolean
  /** Free words get through for a time, and our side counts it. */
  hasWindow: boolean
  /** Tells that a client has read our message of this id. `upTo`: and everything before it. */
  seen?: { upTo: boolean; hook(client: number, id: number, ownKey?: string): HookCall }
  /** Where the vendor shows our own key again. */
  showsKey?: 'echo' | 'receipt'
  /** Tells that a client no longer wants to hear from us. */
  blocked?: (client: number) => HookCall
}

export const json = { 'content-type': 'application/json' }

export function hmac(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

export const said = (body: unknown, status = 200, headers: Record<string, string> = {}): ApiAnswer => ({ status, headers, body })
export const jpeg: ApiAnswer = { headers: { 'content-type': 'image/jpeg' }, body: Buffer.from('ffd8ffe000104a46494600', 'hex') }
