import type { Party } from '../../connector/identity.ts'
import { type Candidate, chooseCandidate, type Match, strongerEvidence } from '../../contacts/match-contact.ts'
import { newId } from '../../database/id.ts'
import type { EventContext } from './context.ts'
import type { KeyedIdentity } from './keys.ts'
import type { KnownIdentity } from './known.ts'

export interface ResolvedContact {
  contactId: string
  match: Match
  isNew: boolean
}

/**
 * Finds the card of a person, or makes one. All his identities then have an owner: those that nobody had are given to this card, and a card
 * that owns another one of them is suggested as perhaps the same person. Whatever came first, the same cards end up in one group.
 */
export function resolveContact(context: EventContext, identities: KeyedIdentity[], party: Party, at: Date): ResolvedContact {
  const chosen = chooseCandidate(candidatesOf(context, identities))
  const resolved = chosen
    ? { contactId: chosen.chosen.contactId, match: chosen.match, isNew: false }
    : { contactId: addContact(context, party, at), match: matchOfNew(identities), isNew: true }
  const linked = context.plan.contactIdentities.length
  for (const identity of identities) linkIdentity(context, resolved.contactId, identity)
  if (!resolved.isNew && context.plan.contactIdentities.length > linked) context.plan.changedContacts.add(resolved.contactId)
  for (const other of chosen?.rest ?? []) suggestMerge(context, resolved.contactId, other)
  if (!resolved.isNew) touchContact(context, resolved.contactId, party, at)
  if (party.picture) context.plan.pictures.set(resolved.contactId, { channelId: context.reading.channel.id, ref: party.picture.slice(0, 4000) })
  return resolved
}

function candidatesOf(context: EventContext, identities: KeyedIdentity[]): Candidate[] {
  return identities.flatMap((identity) => {
    const known = context.known.identities.get(identity.key)
    const contact = known?.ownerId === undefined ? undefined : context.known.contacts.get(known.ownerId)
    if (!known || !contact) return []
    const link = known.links.get(contact.id) ?? 'claimed'
    const { kind, value } = identity
    return [{ contactId: contact.id, identity: { kind, value }, claim: identity.evidence, link, lastTouchAt: contact.lastTouchAt }]
  })
}

function matchOfNew(identities: KeyedIdentity[]): Match {
  const first = identities[0]
  if (!first) return { reason: 'no_identity', evidence: null, identity: null }
  return { reason: 'new_contact', evidence: first.evidence, identity: { kind: first.kind, value: first.value } }
}

function addContact(context: EventContext, party: Party, at: Date): string {
  const id = newId()
  const name = (party.name ?? party.username ?? '').slice(0, 300)
  const nameBy = party.identities[0]?.evidence ?? 'claimed'
  context.known.contacts.set(id, { id, name, nameBy, ownerId: null, lastTouchAt: at })
  context.plan.contacts.push({ id, card_id: id, name, name_by: nameBy, language: party.language ?? null, last_touch_at: at.toISOString() })
  return id
}

/** An identity row for everybody named, so that participants can be told apart; an owner only by `linkIdentity`. */
export function ensureIdentity(context: EventContext, identity: KeyedIdentity): KnownIdentity {
  const known = context.known.identities.get(identity.key)
  if (known) return known
  const added: KnownIdentity = { id: newId(), ownerId: undefined, links: new Map() }
  context.known.identities.set(identity.key, added)
  context.plan.identities.push({ id: added.id, kind: identity.kind, value: identity.value })
  return added
}

/** Gives an identity to a contact when nobody owns it, or strengthens the proof of a link that is there. */
export function linkIdentity(context: EventContext, contactId: string, identity: KeyedIdentity): void {
  const known = ensureIdentity(context, identity)
  const held = known.links.get(contactId)
  if (held !== undefined && strongerEvidence(held, identity.evidence) === held) return
  if (held === undefined && known.ownerId !== undefined) return
  known.links.set(contactId, identity.evidence)
  const isOwning = known.ownerId === undefined || known.ownerId === contactId
  if (isOwning) known.ownerId = contactId
  context.plan.contactIdentities.push({
    contact_id: contactId,
    identity_id: known.id,
    evidence: identity.evidence,
    raw: identity.raw.slice(0, 500),
    owning: isOwning,
  })
}

/** "Perhaps the same person", with the identity that says so. Never merged by machine. */
export function suggestMerge(context: EventContext, contactId: string, other: Pick<Candidate, 'contactId' | 'identity' | 'claim'>): void {
  if (contactId === other.contactId) return
  const [first, second] = contactId < other.contactId ? [contactId, other.contactId] : [other.contactId, contactId]
  const pair = `${first} ${second}`
  if (context.known.suggestions.has(pair)) return
  context.known.suggestions.add(pair)
  const reasons = [{ identity: other.identity, evidence: other.claim, deliveryId: context.reading.delivery.id }]
  context.plan.suggestions.push({ id: newId(), first_id: first, second_id: second, reasons })
  context.plan.live.push({ type: 'suggestion.changed', contactId, subjectId: other.contactId, payload: { firstId: first, secondId: second } })
}

function touchContact(context: EventContext, contactId: string, party: Party, at: Date): void {
  const contact = context.known.contacts.get(contactId)
  if (!contact) return
  if (contact.lastTouchAt < at) {
    contact.lastTouchAt = at
    context.plan.touchedContacts.set(contactId, at)
  }
  if (contact.name === '' && contact.nameBy !== 'user' && party.name) {
    contact.name = party.name.slice(0, 300)
    context.plan.renamedContacts.set(contactId, contact.name)
  }
}
