import { callLock } from '../../calls/call-lock.ts'
import { requestName } from '../../calls/request-name.ts'
import type { IdentityClaim, Party } from '../../connector/identity.ts'
import { normaliseIdentity } from '../../identities/normalise-identity.ts'
import type { Reading, StoredEvent } from '../read-events.ts'
import { asPart, groupName, type MessageEvent } from './parts.ts'

/** An identity fit to be a key, with the form it came in. */
export interface KeyedIdentity {
  key: string
  kind: string
  value: string
  raw: string
  evidence: IdentityClaim['evidence']
}

/** What an event will read and write, as far as it can be told before the database is asked: the base of locking and loading. */
export interface EventKeys {
  /** Of the client: the sender of what came in, the recipient of what we sent. */
  client: KeyedIdentity[]
  /** Of everybody else named, the client included. */
  others: KeyedIdentity[]
  /** External ids this event makes or speaks of. */
  externalIds: string[]
  /** Names of calls this event speaks of. */
  callNames: string[]
  /** Where a letter's exchange began. */
  threadRoot: string | undefined
}

export interface ReadingWithKeys {
  reading: Reading
  keys: EventKeys[]
  /** Conversations that our own reply tokens name, verified. */
  tokens: string[]
}

export interface FirmContext {
  /** ISO 3166 alpha-2, for phones without a country. */
  defaultCountry: string
  /** Normalised values of our own numbers and addresses: never keys. */
  own: ReadonlySet<string>
}

export function identityKey(kind: string, value: string): string {
  return `${kind}\u0001${value}`
}

/** Keys of one event. Withheld numbers, our own addresses and the like are left out: they stay on the entry, they are nobody's key. */
export function keysOf(event: StoredEvent, firm: FirmContext): EventKeys {
  const none: EventKeys = { client: [], others: [], externalIds: [], callNames: [], threadRoot: undefined }
  switch (event.type) {
    case 'message': {
      const others = (event.others ?? []).flatMap((party) => keyed(party, firm))
      const senders = keyed(event.from, firm)
      const client = event.direction === 'inbound' ? senders : others
      const { references, root } = referencesOf(event)
      return {
        client,
        others: [...senders, ...others],
        externalIds: [event.externalId, ...references, ...groupOf(event)],
        callNames: [],
        threadRoot: root,
      }
    }
    case 'form':
      return { ...none, client: keyed(event.from, firm) }
    case 'identity':
      return { ...none, client: keyed(event.from, firm), others: keyed({ identities: event.learned }, firm) }
    case 'blocked':
      return { ...none, client: keyed(event.from, firm) }
    case 'receipt':
    case 'message.edited':
    case 'message.deleted':
    case 'reaction':
      return { ...none, externalIds: [event.externalId] }
    case 'receipts':
      return { ...none, client: keyed(event.from, firm) }
    case 'call':
      return { ...none, client: event.client ? keyed(event.client, firm) : [], callNames: callNamesOf(event) }
    case 'recording':
      return { ...none, callNames: [event.callId] }
    default:
      return none
  }
}

function callNamesOf(event: Extract<StoredEvent, { type: 'call' }>): string[] {
  const others = [event.otherCallId, event.requestId === undefined ? undefined : requestName(event.requestId)]
  return [event.callId, ...others.filter((name) => name !== undefined)]
}

/** The pieces of one message exclude each other as what speaks of one external id does. */
function groupOf(event: MessageEvent): string[] {
  const part = asPart(event)
  return part ? [groupName(part)] : []
}

function referencesOf(event: Extract<StoredEvent, { type: 'message' }>): { references: string[]; root: string | undefined } {
  const hint = event.conversation
  if (hint.by === 'thread') return { references: [], root: hint.id }
  if (hint.by !== 'references') return { references: event.replyTo ? [event.replyTo] : [], root: undefined }
  return { references: hint.references, root: hint.references.at(-1) ?? event.externalId }
}

function keyed(party: Party, firm: FirmContext): KeyedIdentity[] {
  const found = new Map<string, KeyedIdentity>()
  for (const claim of party.identities) {
    const normalised = normaliseIdentity(claim.kind, claim.value, firm.defaultCountry)
    if ('never' in normalised || firm.own.has(identityKey(normalised.kind, normalised.value))) continue
    const key = identityKey(normalised.kind, normalised.value)
    if (!found.has(key)) found.set(key, { key, kind: normalised.kind, value: normalised.value, raw: claim.value, evidence: claim.evidence })
  }
  return [...found.values()]
}

/** Names of the locks a batch needs, sorted, so that no two batches wait for each other in a ring. */
export function locksOf(readings: { reading: Reading; keys: EventKeys[] }[]): string[] {
  const locks = new Set<string>()
  for (const { reading, keys } of readings) {
    for (const one of keys) {
      for (const identity of [...one.client, ...one.others]) locks.add(`identity ${identity.key}`)
      for (const name of one.callNames) locks.add(callLock(reading.channel.id, name))
      for (const id of one.externalIds) locks.add(`external ${reading.channel.id} ${id}`)
      if (one.threadRoot !== undefined) locks.add(`external ${reading.channel.id} ${one.threadRoot}`)
    }
  }
  return [...locks].sort()
}
