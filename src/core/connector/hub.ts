import type { DeliverOptions, RawDelivery } from './delivery.ts'
import type { Dns } from './dns.ts'
import type { Visitors } from './visitors.ts'

/** `ok`; `attention`: a person must act (words say what); `retrying`: a passing fault; `working`: back-fill with its progress in words. */
export interface ChannelHealth {
  state: 'ok' | 'attention' | 'retrying' | 'working'
  /** For people, no secrets. */
  detail?: { en: string; ru: string }
}

/** Small encrypted values of one channel: cursors, OAuth tokens. Values up to 64 kB. */
export interface ChannelState {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
}

export interface Logger {
  debug(fields: object, text: string): void
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** All that a connector gets from the outside. No database, no queue, no environment. */
export interface Hub {
  /** Resolves after the commit: only then may the connector mark, acknowledge or advance. Rejects when nothing was stored. */
  deliver(raw: RawDelivery, options?: DeliverOptions): Promise<void>
  /** Tells the state of the channel; never throws. */
  report(health: ChannelHealth): void
  state: ChannelState
  logger: Logger
  clock: { now(): Date }
  /**
   * `fetch` with a time-out of 30 s. `untrusted`: the address came in a payload, so private networks are refused with a `rejected` ConnectorError.
   */
  fetch(url: string, init?: RequestInit & { untrusted?: boolean; timeoutMs?: number }): Promise<Response>
  /** Only for connectors with `greetVisitor`. */
  visitors?: Visitors
}

/** One configured connection, as its connector sees it; secrets decrypted. */
export interface Channel<Settings> {
  id: string
  key: string
  settings: Settings
  /** Full address of this channel's hook, for vendors that must be told. Ends without a slash. */
  hookUrl: string
}

/** What `openDoor` gets: finds channels of its connector by recipient, and a hub for each. */
export interface DoorHub<Settings> {
  /** All channels that are not paused for good; asked anew for each connection. */
  channels(): Promise<Channel<Settings>[]>
  hubOf(channelId: string): Hub
  logger: Logger
  dns: Dns
  /** Port the admin chose for this door (`SMTP_IN_PORT`), its host and TLS material when there is any. */
  listen: { port: number; host: string; tls?: { key: string; cert: string } }
}
