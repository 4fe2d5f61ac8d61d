import type { Source } from '../../connector/event.ts'
import type { Match } from '../../contacts/match-contact.ts'
import { newId } from '../../database/id.ts'
import type { StoredAttachment } from '../read-events.ts'
import { type EventContext, timesOf } from './context.ts'
import type { KnownConversation } from './known.ts'
import { personName } from './plan.ts'
import { ensureIdentity } from './resolve-contact.ts'

export interface NewEntry {
  id: string
  kind: 'message' | 'form' | 'event' | 'call'
  medium: string
  direction: 'inbound' | 'outbound' | null
  status: string | null
  contactId: string
  conversation: KnownConversation | null
  eventKey: string
  externalId: string | undefined
  callId?: string
  from: string | undefined
  to: string | undefined
  source: Source | undefined
  occurredAt: string | undefined
  subject: string | undefined
  text: string
  html: string | undefined
  match: Match
  extra: Record<string, unknown>
  automatic: string | undefined
  attachments: StoredAttachment[]
}

/** Longest text of an entry, UTF-16 units; the delivery keeps the whole. */
const longestText = 2_000_000

/** Plans one entry with its attachments and external id. */
export function addEntry(context: EventContext, entry: NewEntry): void {
  const { channel, delivery } = context.reading
  const times = timesOf(context, entry.occurredAt)
  context.plan.entries.push({
    id: entry.id,
    kind: entry.kind,
    medium: entry.medium,
    direction: entry.direction,
    status: entry.status,
    channel_id: channel.id,
    conversation_id: entry.conversation?.id ?? null,
    contact_id: entry.contactId,
    delivery_id: delivery.id,
    event_key: entry.eventKey,
    external_id: entry.externalId ?? null,
    call_id: entry.callId ?? null,
    from_value: entry.from ?? null,
    to_value: entry.to ?? null,
    source: entry.source ?? null,
    occurred_at: times.occurredAt.toISOString(),
    received_at: times.receivedAt.toISOString(),
    sort_at: times.sortAt.toISOString(),
    subject: entry.subject?.slice(0, 1000) ?? null,
    text: entry.text.slice(0, longestText),
    html: entry.html ?? null,
    match: entry.match,
    extra: Object.keys(entry.extra).length > 0 ? entry.extra : null,
    automatic: entry.automatic ?? null,
  })
  for (const [position, attachment] of entry.attachments.entries()) context.plan.attachments.push(attachmentRow(entry.id, attachment, position))
  if (entry.externalId !== undefined) {
    context.known.externalIds.set(`${channel.id} ${entry.externalId}`, { entryId: entry.id, conversationId: entry.conversation?.id ?? null })
    context.plan.externalIds.push({ channel_id: channel.id, external_id: entry.externalId, entry_id: entry.id })
  }
}

/** Everybody named takes part, so that his answer finds the conversation. */
export function addParticipants(context: EventContext, conversation: KnownConversation): void {
  for (const identity of context.keys.others) {
    const known = ensureIdentity(context, identity)
    const key = `${conversation.id} ${known.id}`
    if (context.known.participants.has(key)) continue
    context.known.participants.add(key)
    context.plan.participants.push({ conversation_id: conversation.id, identity_id: known.id })
    context.plan.newcomers.push({ channelId: conversation.channelId, externalId: personName(identity) })
  }
}

/** What an entry does to its conversation: the client waits, or was answered; a closed one opens again. */
export function touchConversation(context: EventContext, conversation: KnownConversation, at: Date, waits: 'begins' | 'ends' | 'as_before'): void {
  const before = context.plan.conversationChanges.get(conversation.id)
  const lastEntryAt = before && before.lastEntryAt > at ? before.lastEntryAt : at
  if (waits === 'begins') conversation.waitingSince = earlier(conversation.waitingSince, at)
  if (waits === 'ends' && conversation.waitingSince !== null && conversation.waitingSince <= at) conversation.waitingSince = null
  context.plan.conversationChanges.set(conversation.id, {
    lastEntryAt,
    waitingSince: conversation.waitingSince,
    reopen: waits === 'begins' || (before?.reopen ?? false),
  })
}

function earlier(since: Date | null, at: Date): Date {
  return since !== null && since <= at ? since : at
}

function attachmentRow(entryId: string, attachment: StoredAttachment, position: number): Record<string, unknown> {
  const isHere = attachment.file !== undefined
  return {
    id: newId(),
    entry_id: entryId,
    name: attachment.name.slice(0, 300),
    type: attachment.type.slice(0, 200),
    size: attachment.size ?? null,
    sha256: attachment.sha256 ?? null,
    file: attachment.file ?? null,
    state: isHere ? 'ready' : attachment.ref === undefined ? 'missing' : 'expected',
    reason: isHere || attachment.ref !== undefined ? null : 'The delivery did not carry it.',
    ref: attachment.ref ?? null,
    content_id: attachment.contentId ?? null,
    position,
  }
}
