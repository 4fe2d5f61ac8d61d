import type { JoinedCall } from '../../calls/call-store.ts'
import type { Row } from '../../database/insert-rows.ts'
import type { NewLiveEvent } from '../../realtime/live-event.ts'
import type { AppliedEntry } from '../../rules/note-occasions.ts'
import type { StoredEvent } from '../read-events.ts'
import type { KnownCall } from './known-calls.ts'

/** Events that change what is there instead of adding an entry: a message, or, `identity`, the card of whoever is named. */
export type EffectEvent = Extract<StoredEvent, { type: 'receipt' | 'receipts' | 'message.edited' | 'message.deleted' | 'reaction' | 'identity' }>

/** What such an event waits for when it comes too early: an external id, or a person. */
export function waitsFor(event: EffectEvent): string {
  return event.type === 'receipts' || event.type === 'identity' ? personName(event.from.identities[0] ?? { kind: '', value: '' }) : event.externalId
}

/** A person, where external ids stand: ids of vendors hold no such character. */
export function personName({ kind, value }: { kind: string; value: string }): string {
  return `person\u0001${kind}\u0001${value}`
}

export type EventStatus = 'applied' | 'ignored' | 'parked' | 'waiting' | 'quarantined'

/** What became of one event. */
export interface Outcome {
  channelId: string
  deliveryId: string
  key: string
  kind: string
  position: number
  status: EventStatus
  reason: string | null
  entryId: string | null
}

/** A change to a conversation that exists, or was planned a moment ago. */
export interface ConversationChange {
  lastEntryAt: Date
  /** Set when the client began to wait; null when he was answered. */
  waitingSince?: Date | null
  /** The client wrote: a closed one opens again, a rest is over, somebody is to be found for it. */
  reopen: boolean
}

/** A recording that an event told of, and the call it is of. */
export interface PlannedRecording {
  call: KnownCall
  channelId: string
  event: Extract<StoredEvent, { type: 'recording' }>
}

/** Everything one batch will write, gathered before anything is written. Rows are in the database's own names. */
export interface Plan {
  contacts: Row[]
  identities: Row[]
  contactIdentities: Row[]
  suggestions: Row[]
  leads: Row[]
  leadTouches: Map<string, Row>
  conversations: Row[]
  conversationChanges: Map<string, ConversationChange>
  participants: Row[]
  entries: AppliedEntry[]
  /** Entries that old mail brought: consoles are told, nobody is alarmed. */
  attachments: Row[]
  externalIds: Row[]
  /** Who takes part in an exchange for the first time: what came before his first message waits for him. */
  newcomers: { channelId: string; externalId: string }[]
  quarantine: Row[]
  touchedContacts: Map<string, Date>
  renamedContacts: Map<string, string>
  /** Where pictures of people can be had, by contact. */
  pictures: Map<string, { channelId: string; ref: string }>
  /** Cards that show something new besides entries. */
  changedContacts: Set<string>
  /** Contacts that we answered, by an echo of what was sent elsewhere, and when last. */
  answeredContacts: Map<string, Date>
  /** Calls whose set of events grew. */
  calls: Set<KnownCall>
  joinedCalls: JoinedCall[]
  recordings: PlannedRecording[]
  /** Stored entries that are no longer as consoles know them. */
  changedEntries: Set<string>
  effects: { outcome: Outcome; event: EffectEvent }[]
  /** Deliveries that hold a test of whoever connects the channel. */
  tests: Set<string>
  /** Pieces of long messages that wait for the others. */
  parts: Row[]
  /** Groups whose last piece has come: theirs wait no more. */
  wholeGroups: { channelId: string; group: string }[]
  outcomes: Outcome[]
  live: NewLiveEvent[]
}

export function emptyPlan(): Plan {
  return {
    contacts: [],
    identities: [],
    contactIdentities: [],
    suggestions: [],
    leads: [],
    leadTouches: new Map(),
    conversations: [],
    conversationChanges: new Map(),
    participants: [],
    entries: [],
    attachments: [],
    externalIds: [],
    newcomers: [],
    quarantine: [],
    touchedContacts: new Map(),
    renamedContacts: new Map(),
    pictures: new Map(),
    changedContacts: new Set(),
    answeredContacts: new Map(),
    calls: new Set(),
    joinedCalls: [],
    recordings: [],
    changedEntries: new Set(),
    effects: [],
    tests: new Set(),
    parts: [],
    wholeGroups: [],
    outcomes: [],
    live: [],
  }
}
