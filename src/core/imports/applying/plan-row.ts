import { type ContactPatch, changesOf, type FieldChange } from '../../contacts/contact-patch.ts'
import { type Candidate, chooseCandidate } from '../../contacts/match-contact.ts'
import { newId } from '../../database/id.ts'
import { identityKey } from '../../intake/apply/keys.ts'
import type { Draft, DraftIdentity, ImportOptions, Outcome, Reason, Verdict } from '../import.ts'
import { companyKey, isSameName, type Known, type KnownCard, type KnownIdentity, nameKey } from './known.ts'

/** A link that a row makes. */
export interface PlannedLink {
  contactId: string
  identityId: string
  identity: DraftIdentity
  isNewIdentity: boolean
  owning: boolean
}

export interface PlannedCompany {
  id: string
  isNew: boolean
  name: string
  domain: string | null
  fields: Record<string, unknown>
  /** Of one that was there: what it lacked. */
  changes: FieldChange[]
}

export interface RowPlan {
  number: number
  verdict: Verdict
  reasons: Reason[]
  outcome: Outcome
  /** The card that the row makes or matches. */
  contactId: string | null
  /** A card to make. */
  created: KnownCard | null
  /** What changes on a card that was there. */
  changes: FieldChange[]
  links: PlannedLink[]
  company: PlannedCompany | null
  suggestions: { firstId: string; secondId: string; identity: { kind: string; value: string } }[]
}

interface Judgement {
  verdict: Verdict
  reasons: Reason[]
  card?: KnownCard
  rest: Candidate[]
}

/**
 * Decides what a row makes of what is known, by the rules of matching: a known address leads to its card, the strongest evidence first;
 * nothing is merged. Adds to `known`, so that a later row of the file meets what this one made.
 */
export function planRow(number: number, draft: Draft, known: Known, options: ImportOptions): RowPlan {
  const judgement = judge(draft, known)
  const plan: RowPlan = {
    number,
    verdict: judgement.verdict,
    reasons: [...judgement.reasons, ...draft.notes],
    outcome: 'skipped',
    contactId: null,
    created: null,
    changes: [],
    links: [],
    company: null,
    suggestions: [],
  }
  if (judgement.verdict === 'broken' || (judgement.verdict === 'doubtful' && options.doubtful === 'skip')) return plan
  plan.company = planCompany(draft, known)
  if (isPerson(draft)) planPerson(plan, draft, judgement, known, options)
  const isCompanyTouched = plan.company !== null && (plan.company.isNew || plan.company.changes.length > 0)
  if (plan.created || (!isPerson(draft) && plan.company?.isNew)) plan.outcome = 'created'
  else plan.outcome = plan.changes.length > 0 || plan.links.length > 0 || isCompanyTouched ? 'updated' : 'unchanged'
  return plan
}

function isPerson(draft: Draft): boolean {
  return draft.name !== '' || draft.identities.length > 0
}

function judge(draft: Draft, known: Known): Judgement {
  if (draft.faults.length > 0) return { verdict: 'broken', reasons: draft.faults, rest: [] }
  if (!isPerson(draft)) return judgeCompany(draft, known)
  const candidates = candidatesOf(draft, known)
  const chosen = chooseCandidate(candidates)
  if (!chosen) return judgeStranger(draft, known)
  const cards = new Set(candidates.map(({ contactId }) => known.cards.get(contactId)?.cardId))
  const card = cardOf(known, chosen.chosen.contactId)
  const value = chosen.chosen.identity.value
  if (cards.size > 1) return { verdict: 'doubtful', reasons: [{ code: 'several_cards', value }], card, rest: chosen.rest }
  if (isSameName(card.name, draft.name)) return { verdict: 'matched', reasons: [{ code: 'known_address', value }], card, rest: [] }
  return { verdict: 'doubtful', reasons: [{ code: 'other_name', value: card.name }], rest: [chosen.chosen] }
}

function judgeCompany(draft: Draft, known: Known): Judgement {
  if (!draft.company)
    return { verdict: 'broken', reasons: [{ code: draft.notes.length > 0 ? 'nothing_readable' : 'nothing_in_it' }, ...[]], rest: [] }
  const isKnown = companyOf(draft, known) !== undefined
  return { verdict: isKnown ? 'matched' : 'new', reasons: isKnown ? [{ code: 'known_company', value: draft.company.name }] : [], rest: [] }
}

/** Nobody has these addresses. Without any address only the name can tell that he is there already. */
function judgeStranger(draft: Draft, known: Known): Judgement {
  if (draft.identities.length > 0) return { verdict: 'new', reasons: [], rest: [] }
  const isThere = known.addressless.has(nameKey(draft.name))
  return isThere
    ? { verdict: 'doubtful', reasons: [{ code: 'same_name' }], rest: [] }
    : { verdict: 'new', reasons: [{ code: 'no_address' }], rest: [] }
}

/** An office's number is no person's: it leads to nobody. */
function candidatesOf(draft: Draft, known: Known): Candidate[] {
  return draft.identities.flatMap(({ kind, value, role }) => {
    const identity = role === 'personal' ? known.identities.get(identityKey(kind, value)) : undefined
    const owner = identity?.ownerId === undefined ? undefined : known.cards.get(identity.ownerId)
    if (!identity || !owner) return []
    const link = identity.links.get(owner.id) ?? 'claimed'
    return [{ contactId: owner.id, identity: { kind, value }, claim: 'manual' as const, link, lastTouchAt: owner.lastTouchAt }]
  })
}

/** The card that shows a contact. */
function cardOf(known: Known, contactId: string): KnownCard {
  const contact = known.cards.get(contactId)
  const card = known.cards.get(contact?.cardId ?? '') ?? contact
  if (!card) throw new Error('A candidate that is not known.')
  return card
}

function planPerson(plan: RowPlan, draft: Draft, { card, rest }: Judgement, known: Known, options: ImportOptions): void {
  const patch: ContactPatch = {
    name: draft.name || undefined,
    companyId: plan.company?.id,
    ownerId: draft.ownerId ?? undefined,
    language: draft.language ?? undefined,
    fields: draft.fields,
  }
  const target = card ?? newCard(draft, plan.company?.id ?? null, options)
  plan.contactId = target.id
  if (card) {
    plan.changes = changesOf(card, options.onMatch === 'fill' ? lacking(card, patch) : patch)
    applyChanges(card, plan.changes)
  } else {
    plan.created = target
    known.cards.set(target.id, target)
    if (draft.identities.length === 0) known.addressless.set(nameKey(draft.name), target.id)
  }
  for (const identity of draft.identities) planLink(plan, target, identity, known)
  for (const other of rest) suggest(plan, target.id, other)
}

function newCard(draft: Draft, companyId: string | null, { stage }: ImportOptions): KnownCard {
  const id = newId()
  const { name, ownerId, language, fields } = draft
  return { id, cardId: id, name, stage, ownerId, companyId, language, fields, lastTouchAt: new Date() }
}

/** What of the patch the card has nothing for. */
function lacking(card: KnownCard, patch: ContactPatch): ContactPatch {
  const fields = Object.fromEntries(Object.entries(patch.fields ?? {}).filter(([name]) => isEmpty(card.fields[name])))
  const columns = (['name', 'companyId', 'ownerId', 'language'] as const).filter((name) => isEmpty(card[name]))
  return { ...Object.fromEntries(columns.map((name) => [name, patch[name]])), fields }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

function applyChanges(card: KnownCard, changes: FieldChange[]): void {
  for (const { field, after } of changes) {
    if (field.startsWith('fields.')) card.fields = { ...card.fields, [field.slice('fields.'.length)]: after }
    else Object.assign(card, { [field]: after })
  }
}

function planLink(plan: RowPlan, card: KnownCard, identity: DraftIdentity, known: Known): void {
  const key = identityKey(identity.kind, identity.value)
  const found = known.identities.get(key)
  const held: KnownIdentity = found ?? { id: newId(), ownerId: undefined, links: new Map() }
  known.identities.set(key, held)
  const isHeld = [...held.links.keys()].some((contactId) => known.cards.get(contactId)?.cardId === card.cardId)
  if (isHeld) return
  const owning = held.ownerId === undefined
  if (owning) held.ownerId = card.id
  held.links.set(card.id, 'manual')
  plan.links.push({ contactId: card.id, identityId: held.id, identity, isNewIdentity: !found, owning })
}

function suggest(plan: RowPlan, contactId: string, { contactId: otherId, identity }: Candidate): void {
  if (contactId === otherId) return
  const [firstId, secondId] = contactId < otherId ? [contactId, otherId] : [otherId, contactId]
  plan.suggestions.push({ firstId, secondId, identity })
}

function companyOf(draft: Draft, known: Known) {
  if (!draft.company) return undefined
  const { name, domain } = draft.company
  return known.companies.get(companyKey(name)) ?? (domain ? known.companiesByDomain.get(domain) : undefined)
}

function planCompany(draft: Draft, known: Known): PlannedCompany | null {
  if (!draft.company) return null
  const { name, domain, fields } = draft.company
  const found = companyOf(draft, known)
  if (!found) {
    const made = { id: newId(), domain, fields }
    known.companies.set(companyKey(name), made)
    if (domain) known.companiesByDomain.set(domain, made)
    return { id: made.id, isNew: true, name, domain, fields, changes: [] }
  }
  const changes: FieldChange[] = Object.entries(fields)
    .filter(([field]) => isEmpty(found.fields[field]))
    .map(([field, after]) => ({ field: `fields.${field}`, before: null, after }))
  if (domain && !found.domain) changes.push({ field: 'domain', before: null, after: domain })
  found.fields = { ...fields, ...found.fields }
  found.domain ??= domain
  return { id: found.id, isNew: false, name, domain: found.domain, fields: found.fields, changes }
}
