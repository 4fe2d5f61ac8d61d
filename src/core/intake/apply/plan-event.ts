import { newId } from '../../database/id.ts'
import type { StoredEvent } from '../read-events.ts'
import { addEntry } from './add-entry.ts'
import { type EventContext, outcomeOf, settle, timesOf } from './context.ts'
import { asPart } from './parts.ts'
import type { EffectEvent } from './plan.ts'
import { planCall, planRecording } from './plan-call.ts'
import { planForm } from './plan-form.ts'
import { mediumOf, planMessage } from './plan-message.ts'
import { planPart } from './plan-part.ts'
import { linkIdentity, resolveContact, suggestMerge } from './resolve-contact.ts'

/** Plans one event of a delivery. An event whose key is known was applied before: it changes nothing. */
export function planEvent(context: EventContext, event: StoredEvent): void {
  const known = `${context.reading.channel.id} ${event.key}`
  if (context.known.eventKeys.has(known)) return
  context.known.eventKeys.add(known)
  switch (event.type) {
    case 'message': {
      const part = asPart(event)
      if (part) planPart(context, part)
      else planMessage(context, event)
      break
    }
    case 'form':
      planForm(context, event)
      break
    case 'identity':
      planIdentity(context, event)
      break
    case 'blocked':
      planBlocked(context, event)
      break
    case 'receipt':
    case 'receipts':
    case 'message.edited':
    case 'message.deleted':
    case 'reaction':
      planEffect(context, event)
      break
    case 'unsupported':
      settle(context, event.key, event.type, 'ignored', event.reason)
      break
    case 'malformed':
      settle(context, event.key, event.type, 'parked', event.reason)
      break
    case 'call':
      planCall(context, event)
      break
    case 'recording':
      planRecording(context, event)
      break
  }
}

function planIdentity(context: EventContext, event: Extract<StoredEvent, { type: 'identity' }>): void {
  if (context.keys.client.length === 0) {
    settle(context, event.key, event.type, 'parked', 'no_sender')
    return
  }
  const isKnown = context.keys.client.some((identity) => context.known.identities.get(identity.key)?.ownerId !== undefined)
  if (!isKnown && event.learned.length === 0) {
    // A mere name, come before its message: a card made of it would take the lead from the message, so it waits for that.
    planEffect(context, event)
    return
  }
  const at = timesOf(context, event.occurredAt).sortAt
  const { contactId } = resolveContact(context, context.keys.client, event.from, at)
  for (const identity of context.keys.others) {
    linkIdentity(context, contactId, identity)
    const owner = context.known.identities.get(identity.key)?.ownerId
    if (owner !== undefined && owner !== contactId) {
      suggestMerge(context, contactId, { contactId: owner, identity: { kind: identity.kind, value: identity.value }, claim: identity.evidence })
    }
  }
  context.plan.changedContacts.add(contactId)
  settle(context, event.key, event.type, 'applied')
}

function planBlocked(context: EventContext, event: Extract<StoredEvent, { type: 'blocked' }>): void {
  const owned = context.keys.client.some((identity) => context.known.identities.get(identity.key)?.ownerId !== undefined)
  if (!owned) {
    settle(context, event.key, event.type, 'ignored', 'unknown_sender')
    return
  }
  const at = timesOf(context, event.occurredAt).sortAt
  const { contactId, match } = resolveContact(context, context.keys.client, event.from, at)
  const id = newId()
  addEntry(context, {
    id,
    kind: 'event',
    medium: mediumOf(context, event),
    direction: null,
    status: null,
    contactId,
    conversation: context.known.conversationOf(context.reading.channel.id, `contact:${contactId}`) ?? null,
    eventKey: event.key,
    externalId: undefined,
    from: undefined,
    to: undefined,
    source: undefined,
    occurredAt: event.occurredAt,
    subject: undefined,
    text: '',
    html: undefined,
    match,
    extra: { event: event.blocked ? 'blocked_us' : 'unblocked_us' },
    automatic: undefined,
    attachments: [],
  })
  settle(context, event.key, event.type, 'applied', null, id)
}

/** Carried out after the batch's entries are written: the message it speaks of may be among them, or may be still to come. */
function planEffect(context: EventContext, event: EffectEvent): void {
  const outcome = outcomeOf(context, event.key, event.type, 'waiting', null, null)
  context.plan.outcomes.push(outcome)
  context.plan.effects.push({ outcome, event })
}
