import { createHash } from 'node:crypto'
import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { CallEvent, CallFact, InboundEvent, RecordingEvent } from '../../core/connector/event.ts'
import { readTime as readZonedTime } from '../../core/connector/zoned-time.ts'
import { type CallField, meaningOf } from './fields.ts'
import { readItems } from './read-body.ts'
import { readSeconds } from './seconds.ts'
import type { Settings } from './settings.ts'
import { directionOf, eventOf, outcomeOf } from './words.ts'

type Meaning = Partial<Record<CallField, string>>

/** Each event of a body by itself: one that says too little parks alone. */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  return readItems(delivery).flatMap((item, index): InboundEvent[] => {
    const key = `${deliveryKey(delivery)}:${index}`
    if ('fault' in item) return [{ type: 'malformed', key, reason: item.fault }]
    const meaning = meaningOf(item.values, settings.mapping)
    if (meaning.callId === undefined) return [{ type: 'malformed', key, reason: 'Nothing names the call: map a field to callId' }]
    const word = meaning.event ?? (meaning.talkSeconds === undefined ? undefined : 'summary')
    if (word === undefined) return [{ type: 'malformed', key, reason: 'Nothing says what happened: map a field to event' }]
    const event = eventOf(word, settings)
    if (event === undefined) return [{ type: 'unsupported', key, reason: `An event called ${word.slice(0, 100)}` }]
    if (event === 'ignore') return []
    if (event === 'recording') return [recordingOf(meaning, meaning.callId, settings)]
    const call = callOf(meaning, meaning.callId, { fact: event, word }, settings)
    return meaning.recording === undefined ? [call] : [call, recordingOf(meaning, meaning.callId, settings)]
  })
}

function callOf(meaning: Meaning, callId: string, told: { fact: CallFact; word: string }, settings: Settings): CallEvent {
  const direction = directionFrom(meaning, told.word)
  const outer = meaning.client ?? (direction === 'outbound' ? meaning.to : meaning.from)
  const at = readTime(meaning.at, settings.timeZone)
  const isEnd = told.fact === 'ended' || told.fact === 'summary' || told.fact === 'left'
  const outcome = isEnd ? (outcomeOf(meaning.outcome) ?? (told.fact === 'ended' ? outcomeOf(lostOnly(told.word)) : undefined)) : undefined
  const order = readSeconds(meaning.order)
  return {
    type: 'call',
    key: keyOf(meaning, callId, told.fact),
    callId,
    fact: told.fact,
    ...(at && { occurredAt: at }),
    direction,
    ...(direction !== 'internal' &&
      outer !== undefined && { client: callerOf(outer, { name: meaning.name, isInternational: settings.international }) }),
    ...(meaning.from && { caller: meaning.from }),
    ...(meaning.to && { callee: meaning.to }),
    ...(meaning.dialled && { dialled: meaning.dialled }),
    ...(meaning.queue && { queue: meaning.queue }),
    ...(order !== undefined && { order }),
    ...(outcome && { outcome }),
    ...legOf(meaning, told.fact),
    ...(told.fact === 'summary' && totalsOf(meaning, settings)),
  }
}

function legOf(meaning: Meaning, fact: CallFact): Pick<CallEvent, 'leg'> {
  const id = meaning.legId ?? meaning.extension
  if (id === undefined || fact === 'started' || fact === 'queued' || fact === 'ended') return {}
  return { leg: { id, ...(meaning.extension && { user: meaning.extension }) } }
}

function totalsOf(meaning: Meaning, settings: Settings): Partial<CallEvent> {
  const time = (text: string | undefined) => readTime(text, settings.timeZone)
  const totals = {
    startedAt: time(meaning.startedAt),
    answeredAt: time(meaning.answeredAt),
    endedAt: time(meaning.endedAt),
    waitSeconds: readSeconds(meaning.waitSeconds),
    talkSeconds: readSeconds(meaning.talkSeconds),
  }
  return Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== undefined))
}

function recordingOf(meaning: Meaning, callId: string, settings: Settings): RecordingEvent {
  const ref = meaning.recording
  const isAddress = ref !== undefined && /^https?:\/\//i.test(ref)
  const seconds = readSeconds(meaning.talkSeconds)
  const at = readTime(meaning.at, settings.timeZone)
  const recordingId = meaning.recordingId ?? (ref === undefined ? callId : shortOf(ref))
  return {
    type: 'recording',
    key: `recording:${callId}:${recordingId}:${isAddress ? 'available' : 'expected'}`,
    callId,
    recordingId,
    ...(at && { occurredAt: at }),
    state: isAddress ? 'available' : 'expected',
    ...(isAddress && { ref }),
    ...(seconds !== undefined && { seconds }),
    ...(meaning.extension && { user: meaning.extension }),
  }
}

/** A vendor's own id of the event, else what it says: the same event told twice is one. */
function keyOf(meaning: Meaning, callId: string, fact: CallFact): string {
  if (meaning.eventId !== undefined) return `event:${meaning.eventId}`
  return `call:${callId}:${fact}:${meaning.legId ?? meaning.extension ?? ''}:${meaning.order ?? meaning.at ?? ''}`
}

/** By the PBX's word, else by its event (`INCOMING`), else by who has an extension's short number. */
function directionFrom(meaning: Meaning, word: string): 'inbound' | 'outbound' | 'internal' {
  const told = directionOf(meaning.direction) ?? directionOf(word)
  if (told) return told
  const isShort = (number: string | undefined) => number !== undefined && /^\d{2,5}$/.test(number)
  if (isShort(meaning.from) && isShort(meaning.to)) return 'internal'
  return isShort(meaning.from) ? 'outbound' : 'inbound'
}

/** An event called `missed` or `busy` says how the call ended; one called `completed` only that it did. */
function lostOnly(word: string): string | undefined {
  return /complet|answer(?!.*no)|end|hang/i.test(word) && !/no[_\s-]?answer/i.test(word) ? undefined : word
}

function shortOf(ref: string): string {
  return createHash('sha256').update(ref).digest('hex').slice(0, 32)
}

function readTime(text: string | undefined, timeZone: string): string | undefined {
  return text === undefined ? undefined : readZonedTime(text, timeZone)
}
