import type { ZodType } from 'zod'
import type { ApprovedTemplate } from './approved-template.ts'
import type { CallCommand, CallDecision, CallQuestion, CallRequest, DirectoryEntry, HistoryRange, PlacedCall } from './calling.ts'
import type { ConsentGrant, ConsentOffer, ConsentRequest } from './consent.ts'
import type { HookReply, RawDelivery, ReceivedDelivery, Verdict } from './delivery.ts'
import type { Dns } from './dns.ts'
import type { ConnectorError } from './errors.ts'
import type { InboundEvent } from './event.ts'
import type { Channel, DoorHub, Hub } from './hub.ts'
import type { Localised, Manifest } from './manifest.ts'
import type { ReadExample, ReadSubmission } from './mapping.ts'
import type { OutgoingMessage, Rendered, SendablePart, Sent } from './outgoing.ts'
import type { Suggestion } from './suggestion.ts'
import type { Door, Greeting, Visit } from './visitors.ts'

/** A long-lived connection. `close` ends it within 5 s and leaves nothing running. */
export interface Session {
  close(): Promise<void>
}

/** What core decides for a synchronous answer. `stored` is all there is when nothing was asked, or core did not know within a second. */
export type Decision = { kind: 'stored' } | CallDecision

/** Result of trying the credentials once. */
/** `detail`: what was found, as its owner knows it: a name, a number; `words` where it is a sentence. */
export type CheckResult = { ok: true; detail?: string; words?: Localised } | { ok: false; error: ConnectorError }

/**
 * What a connector is. Only manifest, settings, check and normalise are required; what a vendor cannot do is absent.
 * Methods are called on the value itself and keep no state outside of sessions.
 */
export interface Connector<Settings = unknown> {
  manifest: Manifest
  /** Schema of one channel's settings; secret fields are made by `secret()`. Defaults make `{}` enough where that is possible. */
  settings: ZodType<Settings>
  /** Tries the credentials once, within 20 s. Must fail on bad ones; must not change anything at the vendor. */
  check(settings: Settings, hub: Hub): Promise<CheckResult>
  /** Pure: no clock, network or database. Never throws on what the outside sent: what cannot be read becomes `malformed`. */
  normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] | Promise<InboundEvent[]>

  /** Webhook door: is this authentic? Sees raw bytes. Called for POST and, for handshakes, GET and HEAD. */
  verify?(request: RawDelivery, channel: Channel<Settings>, door: Door): Verdict
  /** The vendor's own id of the delivery, when it has one. Pure. */
  dedupeKey?(request: RawDelivery, settings: Settings): string | undefined
  /** Pure: what the vendor asks before it goes on with a call; absent or undefined: nothing. Its answer is the `decision` of `reply`. */
  asks?(request: RawDelivery, settings: Settings): CallQuestion | undefined
  /** What the vendor must hear after the commit, `hookUrl` being the full address of this channel's hook. Pure. Absent: empty 200. */
  reply?(request: RawDelivery, settings: Settings, decision: Decision, hookUrl: string): HookReply
  /**
   * Called once a webhook is stored and answered, for vendors that only name what happened: fetches it and hands it to `hub.deliver`. Never
   * repeated by core, so what must not be missed has to come by `open` too. Throws only ConnectorError.
   */
  afterDelivery?(request: RawDelivery, channel: Channel<Settings>, hub: Hub): Promise<void>
  /** Opens the long-lived connection; reports a state and never throws. */
  open?(channel: Channel<Settings>, hub: Hub): Session
  /** Opens one listener for all channels of this connector. Rejects when the port cannot be had. */
  openDoor?(hub: DoorHub<Settings>): Promise<Session>
  /** Pure: an outgoing message to vendor calls, or why this medium cannot carry it. */
  render?(message: OutgoingMessage, settings: Settings): Rendered
  /** One vendor call. Throws only ConnectorError. */
  send?(part: SendablePart, channel: Channel<Settings>, hub: Hub): Promise<Sent>
  /** Content of an attachment named by `ref`. Throws only ConnectorError. */
  fetchMedia?(ref: string, channel: Channel<Settings>, hub: Hub): Promise<{ bytes: Uint8Array; type?: string; name?: string }>
  /** What the vendor has approved to be sent when the window is closed; core keeps the list for some minutes. Throws only ConnectorError. */
  listTemplates?(channel: Channel<Settings>, hub: Hub): Promise<ApprovedTemplate[]>
  /** Rings the user, then the client. Throws only ConnectorError; never tried twice by core, for no PBX drops repeats. */
  placeCall?(request: CallRequest, channel: Channel<Settings>, hub: Hub): Promise<PlacedCall>
  /** Acts on a running call, one of `manifest.callCommands`. Throws only ConnectorError. */
  controlCall?(command: CallCommand, channel: Channel<Settings>, hub: Hub): Promise<void>
  /** Hands what the vendor's statistics hold of that time to `hub.deliver`, so that gaps heal: equal keys change nothing. Throws only ConnectorError. */
  history?(range: HistoryRange, channel: Channel<Settings>, hub: Hub): Promise<void>
  /** Phones the vendor knows, for the page where users get their numbers. Throws only ConnectorError. */
  directory?(channel: Channel<Settings>, hub: Hub): Promise<DirectoryEntry[]>
  /**
   * Registers the channel's hook at the vendor. Gives settings to keep when the vendor names something that must be known before it asks (merged over
   * the present ones): core keeps them and calls again, up to three times. Throws only ConnectorError.
   */
  setUpWebhook?(channel: Channel<Settings>, hub: Hub): Promise<void> | Promise<Record<string, unknown> | undefined>
  /** Pure: where a person allows us access at the vendor. Goes together with `acceptConsent`. */
  consentUrl?(settings: Settings, request: ConsentRequest): ConsentOffer
  /** Exchanges the code for what lasts; gives the settings to keep, merged over the present ones. Throws only ConnectorError. */
  acceptConsent?(grant: ConsentGrant, settings: Settings, hub: Pick<Hub, 'fetch'>): Promise<Record<string, unknown>>
  /** What can be known from settings that are still being typed; undefined for nothing. Within 10 s; never throws. */
  suggestSettings?(draft: Record<string, unknown>, tools: { dns: Dns }): Promise<Suggestion | undefined>
  /** Pure: may a page of this origin speak to this channel? undefined: no browser, or one that does not say. */
  admitsPage?(origin: string | undefined, settings: Settings): boolean
  /** Pure: what our script in a page is to show, and whether the site has proven who the visitor is. */
  greetVisitor?(visit: Visit, settings: Settings): Greeting
  /** Pure: JavaScript that puts a ready form of this channel on a page. `language` is `ru` or `en`; anything else leaves the choice to the settings. */
  embed?(channel: Channel<Settings>, language: string): { script: string }
  /** Pure: code to copy for the person who connects a site. */
  snippets?(channel: Channel<Settings>): Snippet[]
  /** Pure: the fields of a delivery and what each means, for the screen where they are mapped. What cannot be read gives none. */
  readFields?(delivery: ReceivedDelivery, settings: Settings): Promise<ReadSubmission[]>
  /** Pure: what a pasted command or piece of a page would send, and the same turned so that it sends here; undefined: it is neither. */
  readExample?(text: string, channel: Channel<Settings>): ReadExample | undefined
  /** Pure: a request that proves the whole way and is marked as a test, so that it touches no card. */
  testRequest?(channel: Channel<Settings>): RawDelivery
}

/** A ready piece of code that sends into one channel; holds no secret, only a place for it. */
export interface Snippet {
  id: string
  title: Localised
  code: string
  /** What to do with it, in order. */
  steps?: Localised[]
}

/** Keeps the inferred settings type while the registry sees all connectors alike. */
export function defineConnector<Settings>(connector: Connector<Settings>): Connector<Settings> {
  return connector
}
