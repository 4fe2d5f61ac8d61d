import type { Actor } from '../access/actor.ts'
import type { Evidence } from '../connector/identity.ts'
import { chooseCandidate, type Match } from '../contacts/match-contact.ts'
import { visibleCard } from '../contacts/visible-contacts.ts'
import type { Queryable } from '../database/pool.ts'
import type { KeyedIdentity } from './apply/keys.ts'

export interface MatchPreview {
  match: Match
  /** There is a card already; `contact` names it to whoever may see it. */
  isKnown: boolean
  contact: { id: string; name: string } | null
  /** Further cards that it could be: they would be suggested as the same person. */
  others: number
  /** `touch`: a lead on this topic is open, and this would be a second touch on it. */
  lead: 'new' | 'touch'
}

interface CandidateRow {
  kind: string
  value: string
  contactId: string
  cardId: string
  name: string
  evidence: Evidence
  lastTouchAt: Date
  isSeen: boolean
}

/** Whom an event would be put to, and why, by the rules of applying. Reads alone; takes no locks. `seenBy` absent: names nobody. */
export async function previewMatch(
  db: Queryable,
  identities: KeyedIdentity[],
  { topic, seenBy }: { topic: string; seenBy: Actor | null },
): Promise<MatchPreview> {
  const rows = await readCandidates(db, identities, seenBy)
  const chosen = chooseCandidate(
    rows.map(({ kind, value, contactId, evidence, lastTouchAt }) => {
      const claim = identities.find((one) => one.kind === kind && one.value === value)?.evidence ?? 'claimed'
      return { contactId, identity: { kind, value }, claim, link: evidence, lastTouchAt }
    }),
  )
  if (!chosen) return { match: matchOfNobody(identities), isKnown: false, contact: null, others: 0, lead: 'new' }
  const card = rows.find(({ contactId }) => contactId === chosen.chosen.contactId)
  const cards = new Set(chosen.rest.map((other) => rows.find(({ contactId }) => contactId === other.contactId)?.cardId))
  if (card) cards.delete(card.cardId)
  return {
    match: chosen.match,
    isKnown: true,
    contact: card?.isSeen ? { id: card.cardId, name: card.name } : null,
    others: cards.size,
    lead: (await hasOpenLead(db, chosen.chosen.contactId, topic)) ? 'touch' : 'new',
  }
}

function matchOfNobody([first]: KeyedIdentity[]): Match {
  if (!first) return { reason: 'no_identity', evidence: null, identity: null }
  return { reason: 'new_contact', evidence: first.evidence, identity: { kind: first.kind, value: first.value } }
}

/** Cards that own one of the identities: new traffic of it goes there. */
async function readCandidates(db: Queryable, identities: KeyedIdentity[], seenBy: Actor | null): Promise<CandidateRow[]> {
  if (identities.length === 0) return []
  const { rows } = await db.query<CandidateRow>(
    `select i.kind, i.value, c.id as "contactId", c.card_id as "cardId", k.name, ci.evidence, c.last_touch_at as "lastTouchAt",
       ${seenBy ? visibleCard(seenBy, 'c.card_id') : 'false'} as "isSeen"
     from unnest($1::text[], $2::text[]) as given(kind, value) join identities i on i.kind = given.kind and i.value = given.value
     join contact_identities ci on ci.identity_id = i.id and ci.until is null and ci.owning
     join contacts c on c.id = ci.contact_id join contacts k on k.id = c.card_id`,
    [identities.map(({ kind }) => kind), identities.map(({ value }) => value)],
  )
  return rows
}

async function hasOpenLead(db: Queryable, contactId: string, topic: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from leads where contact_id = $1 and status in ('new', 'working') and lower(trim(topic)) = lower(trim(left($2, 300))) limit 1`,
    [contactId, topic],
  )
  return rowCount === 1
}
