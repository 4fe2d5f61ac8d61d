import { deriveCall } from '../../calls/derive-call.ts'
import { requestName } from '../../calls/request-name.ts'
import { type Address, addressKey } from '../../channels/address.ts'
import type { Source } from '../../connector/event.ts'
import { newId } from '../../database/id.ts'
import type { StoredEvent } from '../read-events.ts'
import { addEntry, touchConversation } from './add-entry.ts'
import { addLead } from './add-lead.ts'
import { type EventContext, settle, timesOf } from './context.ts'
import type { KnownCall } from './known-calls.ts'
import type { Plan } from './plan.ts'
import { mediumOf } from './plan-message.ts'
import { resolveContact } from './resolve-contact.ts'
import { resolveConversation } from './resolve-conversation.ts'

type CallEvent = Extract<StoredEvent, { type: 'call' }>
type RecordingEvent = Extract<StoredEvent, { type: 'recording' }>

/** Adds an event to the set that its call is derived from. Any event can create the call; the first that names a client puts it on his card. */
export function planCall(context: EventContext, event: CallEvent): void {
  const named = knownCall(context, event.callId)
  const { type: _, occurredAt, ...fact } = event
  const dialled = event.dialled === undefined ? {} : { dialled: addressKey(event.dialled, context.firm.defaultCountry) }
  named.facts.push({ ...fact, ...dialled, at: timesOf(context, occurredAt).sortAt.toISOString() })
  named.newKeys.add(event.key)
  const linked = event.fact === 'linked' && event.otherCallId !== undefined ? join(context, named, event.otherCallId) : named
  const request = event.requestId === undefined ? requestBehind(context, linked, event) : requestName(event.requestId)
  const call = request === undefined ? linked : join(context, linked, request)
  if (call.contactId === null && context.keys.client.length > 0 && event.direction !== 'internal') putOnCard(context, call, event)
  settle(context, event.key, event.type, 'applied', null, call.entryId)
}

/** What a user asked for, where the vendor's events do not say so: known by client, user and time, when the client is first told of. */
function requestBehind(context: EventContext, call: KnownCall, event: CallEvent): string | undefined {
  const client = context.keys.client.find(({ kind }) => kind === 'phone')
  if (event.direction !== 'outbound' || call.contactId !== null || client === undefined) return undefined
  const { sortAt, receivedAt } = timesOf(context, event.startedAt ?? event.occurredAt)
  return context.known.calls.requestOf({
    channelId: context.reading.channel.id,
    client: client.value,
    users: [event.leg?.user, event.caller].filter((user) => user !== undefined),
    at: [sortAt, receivedAt],
  })
}

/** A recording creates its call when nothing else has told of it yet. */
export function planRecording(context: EventContext, event: RecordingEvent): void {
  const call = knownCall(context, event.callId)
  if (call.facts.length === 0) {
    const at = timesOf(context, event.occurredAt).sortAt.toISOString()
    call.facts.push({ callId: event.callId, key: event.key, fact: 'started', at })
    call.newKeys.add(event.key)
  }
  context.plan.recordings.push({ call, channelId: context.reading.channel.id, event })
  settle(context, event.key, event.type, 'applied', null, call.entryId)
}

function knownCall(context: EventContext, externalId: string): KnownCall {
  const channelId = context.reading.channel.id
  const call = context.known.calls.find(channelId, externalId) ?? context.known.calls.add(channelId, externalId, newId())
  context.plan.calls.add(call)
  return call
}

/** Two names turn out to be one call: their events are one set from now on. The one that consoles know stays: a stored call before a new one, our own wish before all. */
function join(context: EventContext, call: KnownCall, otherName: string): KnownCall {
  const channelId = context.reading.channel.id
  const other = context.known.calls.find(channelId, otherName)
  if (other === call) return call
  if (!other) {
    context.known.calls.name(channelId, otherName, call)
    return call
  }
  const otherStays = !other.isNew && (call.isNew || otherName === requestName(other.id))
  const [into, from] = otherStays ? [other, call] : [call, other]
  context.known.calls.join(into, from)
  for (const recording of context.plan.recordings) if (recording.call === from) recording.call = into
  if (from.entryId !== null && into.entryId !== null) joinEntries(context.plan, from.entryId, into)
  if (!from.isNew) context.plan.joinedCalls.push({ from: from.id, into: into.id, contactId: into.contactId, entryId: into.entryId })
  context.plan.calls.delete(from)
  context.plan.calls.add(into)
  return into
}

/** One call has one entry: of two that this batch planned, or this batch and an earlier one, the other's goes, and what speaks of it speaks of the one that stays. */
function joinEntries(plan: Plan, gone: string, into: KnownCall): void {
  const planned = plan.entries.find((entry) => entry.id === gone)
  if (gone === into.entryId) {
    if (planned) planned.call_id = into.id
    return
  }
  plan.entries = plan.entries.filter((entry) => entry !== planned)
  for (const outcome of plan.outcomes) if (outcome.entryId === gone) outcome.entryId = into.entryId
  for (const lead of plan.leads) {
    for (const touch of ['first_touch', 'last_touch'] as const) {
      if (isTouchBy(lead[touch], gone)) lead[touch] = { ...lead[touch], entryId: into.entryId }
    }
  }
}

function isTouchBy(touch: unknown, entryId: string): touch is Record<string, unknown> {
  return typeof touch === 'object' && touch !== null && 'entryId' in touch && touch.entryId === entryId
}

function putOnCard(context: EventContext, call: KnownCall, event: CallEvent): void {
  const at = timesOf(context, event.occurredAt).sortAt
  const resolved = resolveContact(context, context.keys.client, event.client ?? { identities: [] }, at)
  const derived = deriveCall(call.facts)
  const entryId = newId()
  const address = context.known.calls.addressOf(context.reading.channel.id, derived.dialled ?? undefined, context.firm.defaultCountry)
  const source = sourceOf(event, derived.dialled, address)
  const conversation = resolveConversation(context, {
    hint: { by: 'contact' },
    contactId: resolved.contactId,
    entryId,
    subject: undefined,
    ourAddress: derived.dialled ?? undefined,
    teamId: address?.teamId,
    at,
    medium: mediumOf(context, event),
  })
  call.contactId = resolved.contactId
  if (address?.teamId && derived.direction === 'inbound') call.teamId = address.teamId
  call.conversationId = conversation.id
  call.entryId = entryId
  addEntry(context, {
    id: entryId,
    kind: 'call',
    medium: mediumOf(context, event),
    direction: derived.direction === 'outbound' ? 'outbound' : 'inbound',
    status: null,
    contactId: resolved.contactId,
    conversation,
    eventKey: `call:${event.callId}`.slice(0, 400),
    externalId: undefined,
    callId: call.id,
    from: derived.from ?? undefined,
    to: derived.to ?? undefined,
    source,
    occurredAt: event.occurredAt,
    subject: undefined,
    text: '',
    html: undefined,
    match: resolved.match,
    extra: {},
    automatic: undefined,
    attachments: [],
  })
  touchConversation(context, conversation, at, 'as_before')
  if (resolved.isNew && event.direction !== 'outbound') addLead(context, { contactId: resolved.contactId, entryId, topic: '', source, at })
}

/** Where the client knows us from: what the vendor says, the number dialled, and what is behind that number. */
function sourceOf({ source }: CallEvent, dialled: string | null, address: Address | undefined): Source | undefined {
  const behind = address?.source ?? address?.name
  const extra = { ...(dialled !== null && { dialled }), ...(behind && { source: behind }), ...source?.extra }
  if (Object.keys(extra).length === 0) return source
  return { ...source, extra }
}
