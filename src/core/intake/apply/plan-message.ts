import type { Party } from '../../connector/identity.ts'
import { readOptOutWord } from '../../consents/opt-out-words.ts'
import { newId } from '../../database/id.ts'
import { addEntry, addParticipants, touchConversation } from './add-entry.ts'
import { addLead } from './add-lead.ts'
import { type EventContext, settle, timesOf } from './context.ts'
import type { MessageEvent } from './parts.ts'
import { quarantine } from './quarantine.ts'
import { type ResolvedContact, resolveContact } from './resolve-contact.ts'
import { conversationNamedBy, resolveConversation } from './resolve-conversation.ts'

/** Puts a message on its card: from a client, or an echo of what we sent from the vendor's own app. */
export function planMessage(context: EventContext, event: MessageEvent): void {
  const known = context.known.externalIds.get(`${context.reading.channel.id} ${event.externalId}`)
  if (known) {
    settle(context, event.key, event.type, 'ignored', 'already_on_timeline', known.entryId)
    return
  }
  const reason = context.isTrusted ? undefined : quarantineReason(context, event)
  if (reason !== undefined) {
    quarantine(context, event, reason)
    return
  }
  const at = timesOf(context, event.occurredAt).sortAt
  const resolved = whoseMessage(context, event, at)
  if (!resolved) {
    if (event.direction === 'outbound') settle(context, event.key, event.type, 'ignored', 'no_client_named')
    else quarantine(context, event, 'no_sender')
    return
  }
  const id = newId()
  const conversation =
    (event.automatic === 'bounce' ? conversationNamedBy(context, event.conversation) : undefined) ??
    resolveConversation(context, {
      hint: event.conversation,
      contactId: resolved.contactId,
      entryId: id,
      subject: event.subject,
      ourAddress: event.ourAddress,
      at,
      medium: mediumOf(context, event),
    })
  addEntry(context, {
    id,
    kind: 'message',
    medium: mediumOf(context, event),
    direction: event.direction,
    status: event.direction === 'outbound' ? 'sent' : null,
    contactId: resolved.contactId,
    conversation,
    eventKey: event.key,
    externalId: event.externalId,
    from: shownAs(event.from),
    to: event.ourAddress ?? event.others?.map(shownAs).join(', '),
    source: event.source,
    occurredAt: event.occurredAt,
    subject: event.subject,
    text: event.text,
    html: event.html,
    match: resolved.match,
    extra: extraOf(event),
    automatic: event.automatic,
    attachments: event.attachments,
  })
  if (conversation.contactId === resolved.contactId || event.automatic !== 'bounce') addParticipants(context, conversation)
  touchConversation(context, conversation, at, waitingAfter(event))
  if (waitingAfter(event) === 'ends') noteAnswer(context, resolved.contactId, at)
  const isEnquiry = event.direction === 'inbound' && event.automatic === undefined
  if (resolved.isNew && isEnquiry)
    addLead(context, { contactId: resolved.contactId, entryId: id, topic: event.subject ?? '', source: event.source, at })
  settle(context, event.key, event.type, 'applied', null, id)
}

function noteAnswer(context: EventContext, contactId: string, at: Date): void {
  const before = context.plan.answeredContacts.get(contactId)
  if (before === undefined || before < at) context.plan.answeredContacts.set(contactId, at)
}

function whoseMessage(context: EventContext, event: MessageEvent, at: Date): ResolvedContact | undefined {
  const named = event.automatic === 'bounce' || context.keys.client.length === 0 ? conversationNamedBy(context, event.conversation) : undefined
  if (named) return { contactId: named.contactId, match: { reason: 'thread', evidence: null, identity: null }, isNew: false }
  if (context.keys.client.length === 0) return context.isTrusted ? resolveContact(context, [], event.from, at) : undefined
  const party = event.direction === 'inbound' ? event.from : (event.others?.[0] ?? { identities: [] })
  const identities = event.direction === 'inbound' ? context.keys.client : context.keys.client.slice(0, 1)
  return resolveContact(context, identities, party, at)
}

/** Spam always; machines' letters when nobody of ours is behind them. An answer to our own letter is never kept out. */
function quarantineReason(context: EventContext, event: MessageEvent): string | undefined {
  if (event.spam !== undefined) return event.spam
  if (event.direction === 'outbound' || event.automatic === undefined) return undefined
  const isKnown = context.keys.client.some((identity) => context.known.identities.get(identity.key)?.ownerId !== undefined)
  return isKnown || conversationNamedBy(context, event.conversation) ? undefined : event.automatic
}

function waitingAfter(event: MessageEvent): 'begins' | 'ends' | 'as_before' {
  if (event.automatic !== undefined) return 'as_before'
  if (event.direction === 'outbound') return 'ends'
  return event.backfill ? 'as_before' : 'begins'
}

function extraOf(event: MessageEvent): Record<string, unknown> {
  const optOut = event.direction === 'inbound' && event.automatic === undefined ? readOptOutWord(event.text, event.subject) : undefined
  return {
    ...event.extra,
    ...(event.from.username ? { username: event.from.username } : {}),
    ...(event.replyTo ? { replyTo: event.replyTo } : {}),
    ...(event.backfill ? { backfill: true } : {}),
    ...(event.others && event.others.length > 0 ? { others: event.others.map(shownAs) } : {}),
    ...(optOut ? { optOut } : {}),
  }
}

function shownAs(party: Party): string {
  const value = party.identities[0]?.value ?? ''
  return party.name && value ? `${party.name} <${value}>` : (party.name ?? value)
}

/** The medium an event names, where its connector carries it; else the channel's first. */
export function mediumOf(context: EventContext, event?: { medium?: string }): string {
  const { media } = context.reading.channel.connector.manifest
  if (event?.medium !== undefined && media.includes(event.medium)) return event.medium
  return context.reading.channel.media[0] ?? media[0]
}
