import { createHash } from 'node:crypto'

/** One raw thing a channel received, byte for byte. Webhooks, letters and polled updates all have this shape. */
export interface RawDelivery {
  /** `POST`, `GET`, or the transport's own word: `IMAP`, `POP3`, `SMTP`, `POLL`. */
  method: string
  /** What came after `/hooks/<connector>/<channelKey>`, with its leading slash, or empty. */
  path: string
  /** The raw query string without `?`. */
  query: string
  /** Lower-cased names; repeated ones joined by `, `. */
  headers: Record<string, string>
  body: Uint8Array
}

/**
 * Set by core's door, whatever the client sent: how many requests this sender's address made to this channel within the last minute, this one
 * included. Absent for the first.
 */
export const senderRateHeader = 'x-switchboard-sender-rate'

/** Set by core's door, whatever the client sent: the network address of whoever sent it, behind proxies as the admin said. */
export const senderAddressHeader = 'x-switchboard-sender-address'

/** What `normalise` gets: the raw delivery and the moment it arrived. */
export interface ReceivedDelivery extends RawDelivery {
  receivedAt: Date
}

/** An answer to the sender of a webhook. */
export interface HookReply {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** `ok` stores and acknowledges; `refused` makes no delivery; `reply` answers a handshake and makes no delivery. */
export type Verdict = { is: 'ok' } | { is: 'refused'; reason: string } | { is: 'reply'; reply: HookReply }

export interface DeliverOptions {
  /** Where the vendor names the delivery; equal keys of one channel are one delivery. */
  dedupeKey?: string
  /** Saved in the channel's state in the same transaction as the delivery. */
  cursor?: { name: string; value: string }
}

/** Set by core when a delivery is read: its id, the same over replays. */
export const deliveryIdHeader = 'x-switchboard-delivery-id'

/** Key of an event whose vendor names nothing: the delivery's own id, else a hash of its content. */
export function deliveryKey(delivery: RawDelivery): string {
  const id = delivery.headers[deliveryIdHeader]
  if (id !== undefined) return `delivery:${id}`
  return `content:${createHash('sha256').update(`${delivery.path}?${delivery.query}\n`).update(delivery.body).digest('hex')}`
}
