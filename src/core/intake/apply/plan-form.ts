import { newId } from '../../database/id.ts'
import type { StoredEvent } from '../read-events.ts'
import { addEntry, touchConversation } from './add-entry.ts'
import { addLeadOrEnquiry } from './add-lead.ts'
import { type EventContext, settle, timesOf } from './context.ts'
import { mediumOf } from './plan-message.ts'
import { quarantine } from './quarantine.ts'
import { resolveContact } from './resolve-contact.ts'
import { resolveConversation } from './resolve-conversation.ts'

type FormEvent = Extract<StoredEvent, { type: 'form' }>

/** Puts a form on its card as a conversation of its own, with a lead unless one on the same topic is open. A test is kept, and nobody's. */
export function planForm(context: EventContext, event: FormEvent): void {
  if (event.test !== undefined && context.reading.delivery.isReal !== true) {
    context.plan.tests.add(context.reading.delivery.id)
    settle(context, event.key, event.type, 'ignored', event.test)
    return
  }
  if (event.spam !== undefined && !context.isTrusted) {
    quarantine(context, event, event.spam)
    return
  }
  const at = timesOf(context, event.occurredAt).sortAt
  const resolved = resolveContact(context, context.keys.client, event.from, at)
  const isRepeat = looksRepeated(context, event, resolved.contactId)
  const id = newId()
  const medium = mediumOf(context, event)
  const conversation = resolveConversation(context, {
    hint: { by: 'event' },
    contactId: resolved.contactId,
    entryId: id,
    subject: event.topic,
    ourAddress: event.ourAddress,
    at,
    medium,
  })
  addEntry(context, {
    id,
    kind: 'form',
    medium,
    direction: 'inbound',
    status: null,
    contactId: resolved.contactId,
    conversation,
    eventKey: event.key,
    externalId: undefined,
    from: event.from.identities[0]?.value ?? event.from.name,
    to: event.ourAddress ?? event.source?.page,
    source: event.source,
    occurredAt: event.occurredAt,
    subject: event.topic,
    text: event.text,
    html: undefined,
    match: resolved.match,
    extra: extraOf(event, isRepeat),
    automatic: undefined,
    attachments: event.attachments,
  })
  touchConversation(context, conversation, at, 'begins')
  addLeadOrEnquiry(context, { contactId: resolved.contactId, entryId: id, topic: event.topic ?? '', source: event.source, at })
  settle(context, event.key, event.type, 'applied', isRepeat ? 'perhaps_repeated' : null, id)
}

/** Without any id from the sender a look-alike within the window is kept, and marked. */
function looksRepeated(context: EventContext, event: FormEvent, contactId: string): boolean {
  if (event.fingerprint === undefined) return false
  const key = `${contactId} ${event.fingerprint}`
  const before = context.known.fingerprints.get(key)
  const receivedAt = context.reading.delivery.receivedAt
  context.known.fingerprints.set(key, receivedAt)
  return before !== undefined && Math.abs(receivedAt.getTime() - before.getTime()) <= (event.lookalikeWindowMs ?? 0)
}

function extraOf(event: FormEvent, isRepeat: boolean): Record<string, unknown> {
  return {
    fields: event.fields,
    ...(event.from.name ? { name: event.from.name } : {}),
    ...(event.company ? { company: event.company } : {}),
    ...(event.consent ? { consent: event.consent } : {}),
    ...(event.fingerprint ? { fingerprint: event.fingerprint } : {}),
    ...(isRepeat ? { perhapsRepeated: true } : {}),
  }
}
