import type { IdentityClaim, Party } from './identity.ts'
import type { Localised } from './manifest.ts'

/** Where an enquiry came from. Every known tag is optional; the rest is kept in `extra`. */
export interface Source {
  utm?: Record<string, string>
  clickIds?: Record<string, string>
  page?: string
  referrer?: string
  campaign?: string
  extra?: Record<string, string>
}

/** A file that came with an event: `bytes` when the delivery carries it, `ref` when the vendor has to be asked by `fetchMedia`. */
export interface InboundAttachment {
  name: string
  type: string
  size?: number
  bytes?: Uint8Array
  ref?: string
  /** Content-ID without brackets, for images that HTML shows inline. */
  contentId?: string
}

/**
 * How an event finds its conversation. `contact`: one per contact and channel (messengers). `thread`: the vendor names it.
 * `references`: earlier external ids, nearest first, and reply tokens of ours; joined only among participants. `event`: always a new one.
 */
export type ConversationHint =
  | { by: 'contact' }
  | { by: 'thread'; id: string }
  | { by: 'references'; references: string[]; tokens: string[] }
  | { by: 'event' }

interface EventBase {
  /** Unique per channel, for ever: the same thing that happened has the same key however often it is delivered. */
  key: string
  /** The vendor's time, ISO 8601 UTC; absent when the vendor gives none. */
  occurredAt?: string
  /** Our number, mailbox or page that was addressed. */
  ourAddress?: string
  /** Which of the media of the manifest; absent: the channel's first. */
  medium?: string
  /**
   * One piece of a longer message (long SMS): core joins the `count` pieces of one group, `index` from 1. A group is unique per channel for a
   * day: where the vendor counts from 0 to 255, put the sender's address into it.
   */
  part?: { group: string; index: number; count: number }
}

export interface MessageReceived extends EventBase {
  type: 'message'
  /** `outbound` for echoes: sent by us from the vendor's own app. */
  direction: 'inbound' | 'outbound'
  /** The vendor's id of the message, unique per channel; receipts and edits name it. */
  externalId: string
  /** Of an echo: the `idempotencyKey` that `send` was given, where the vendor shows it. It is no second message, and an unclear sending is clear. */
  sentAs?: string
  from: Party
  /** Everybody else in the exchange (To, Cc), our own addresses included; core removes those. */
  others?: Party[]
  conversation: ConversationHint
  subject?: string
  text: string
  /** Unsanitised; core sanitises before it stores or shows. */
  html?: string
  attachments?: InboundAttachment[]
  /** External id of the message this one answers. */
  replyTo?: string
  source?: Source
  /** Set for machines' letters: shown, never answered, does not reopen or wait. */
  automatic?: 'auto-reply' | 'bounce' | 'mailing' | 'robot'
  /** Why this looks like spam: the touch goes to quarantine, without a contact. */
  spam?: string
  /** Old mail fetched on set-up: no notification, does not wait, does not make replies stale. */
  backfill?: boolean
  /** Anything worth keeping for people: location, contact shared, button pressed. */
  extra?: Record<string, string>
}

export interface MessageEdited extends EventBase {
  type: 'message.edited'
  externalId: string
  text: string
  html?: string
}

export interface MessageDeleted extends EventBase {
  type: 'message.deleted'
  externalId: string
}

export interface Receipt extends EventBase {
  type: 'receipt'
  /** External id that `send` returned. */
  externalId: string
  /** The `idempotencyKey` that `send` was given, where the vendor shows it: for a message whose answer was lost. */
  sentAs?: string
  status: 'sent' | 'delivered' | 'read' | 'failed'
  /** Words of the vendor, when failed. */
  error?: string
  /** The same in both languages, where the connector has them. */
  words?: Localised
  /** Set where the vendor speaks of this message and of everything before it in its conversation. */
  upTo?: true
}

/** What we sent to somebody until a moment was delivered, or read, by a vendor that names no message. */
export interface ReceiptsUntil extends EventBase {
  type: 'receipts'
  /** To whom. */
  from: Party
  status: 'delivered' | 'read'
  /** ISO 8601 UTC, by the vendor's clock. */
  until: string
}

export interface Reaction extends EventBase {
  type: 'reaction'
  externalId: string
  from: Party
  /** Empty: the reaction was taken back. */
  emoji: string
}

export interface FormSubmitted extends EventBase {
  type: 'form'
  from: Party
  topic?: string
  text: string
  company?: string
  /** Every field as it came, in order, mapped or not. */
  fields: { name: string; value: string; as?: string }[]
  attachments?: InboundAttachment[]
  source?: Source
  consent?: { text: string; version?: string; address?: string }
  /** Why this looks like spam: goes to quarantine. */
  spam?: string
  /** What says that this is a test of whoever connects the form: kept and shown, touches no card until a person says otherwise. */
  test?: string
  /** Without any id from the sender: a fingerprint; an equal one within `lookalikeWindowMs` is kept and marked "perhaps repeated". */
  fingerprint?: string
  lookalikeWindowMs?: number
}

export interface IdentityChanged extends EventBase {
  type: 'identity'
  from: Party
  /** What became known of the same person (a phone shared by its owner). */
  learned: IdentityClaim[]
}

export interface SenderBlocked extends EventBase {
  type: 'blocked'
  from: Party
  /** false: the sender allowed us again. */
  blocked: boolean
}

/**
 * What one event says of a call. `started`: it entered the PBX. `queued`: it waits for whoever is free. `ringing`, `answered`, `held`, `resumed`, `left`:
 * one phone (`leg`) of ours; an IVR that picks up is no answer. `ended`: the whole call is over. `summary`: the vendor's final record, which corrects all
 * others. `linked`: `otherCallId` is the same call.
 */
export const callFacts = ['started', 'queued', 'ringing', 'answered', 'held', 'resumed', 'left', 'ended', 'summary', 'linked'] as const
export type CallFact = (typeof callFacts)[number]

export const callOutcomes = ['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail', 'cancelled'] as const
/** How the telephone ended a call. `missed`: it rang and nobody took it; `abandoned`: the caller left the queue; `cancelled`: we gave up our own call. */
export type CallOutcome = (typeof callOutcomes)[number]

/** One phone of ours in a call. */
export interface CallLeg {
  /** The vendor's id, unique within the call. */
  id: string
  /** Extension, SIP or phone number, as the vendor writes it: core finds the user by it. */
  user?: string
}

/** One event of a telephone call. The call is derived from the set of its events, never from the order of their arrival; any of them can create it. */
export interface CallEvent extends EventBase {
  type: 'call'
  /** The vendor's id of the client's whole attempt, over queue and transfers; unique per channel. */
  callId: string
  fact: CallFact
  direction?: 'inbound' | 'outbound' | 'internal'
  /** The client's end, whoever called. Absent for internal calls; without identities when the number is withheld. */
  client?: Party
  /** Both ends as the vendor writes them, for people. */
  caller?: string
  callee?: string
  /** The number of ours that was dialled, or shown to the client. */
  dialled?: string
  leg?: CallLeg
  queue?: string
  /** With `ended`, `left` and `summary`, only where the vendor says it: an end without it leaves the outcome open until something tells. */
  outcome?: CallOutcome
  /** Breaks ties of `occurredAt`: the vendor's own counter. */
  order?: number
  /** With `linked`. */
  otherCallId?: string
  /** The id that `placeCall` was given: this is the call we asked for. */
  requestId?: string
  /** Totals of a `summary`, whole seconds and ISO 8601 UTC. */
  startedAt?: string
  answeredAt?: string
  endedAt?: string
  waitSeconds?: number
  talkSeconds?: number
  source?: Source
}

/** A recording of a call, or the word that there is none. */
export interface RecordingEvent extends EventBase {
  type: 'recording'
  callId: string
  /** The vendor's id of the recording, unique per channel: a call may have several. */
  recordingId: string
  /** `expected`: it is being made; `available`: `ref` can be fetched; `absent`: the vendor made none, `reason` says why. */
  state: 'expected' | 'available' | 'absent'
  /** What `fetchMedia` needs. */
  ref?: string
  reason?: string
  /** ISO 8601 UTC, when it began, where the vendor says: moments of the call are found in it. */
  startedAt?: string
  seconds?: number
  /** Who is on which track, in order: `client`, `user`; one entry `both` for mono. */
  tracks?: ('client' | 'user' | 'both')[]
  /** Whose end was recorded. */
  user?: string
}

/** Understood to be real, but not something this connector carries: kept, counted, shown. */
export interface Unsupported extends EventBase {
  type: 'unsupported'
  reason: string
}

/** One item that could not be read: parks alone, its neighbours are applied. */
export interface Malformed extends EventBase {
  type: 'malformed'
  reason: string
}

export type InboundEvent =
  | MessageReceived
  | MessageEdited
  | MessageDeleted
  | Receipt
  | ReceiptsUntil
  | Reaction
  | FormSubmitted
  | IdentityChanged
  | SenderBlocked
  | CallEvent
  | RecordingEvent
  | Unsupported
  | Malformed
