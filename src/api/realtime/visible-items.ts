import type { Actor } from '../../core/access/actor.ts'
import { visibleContacts } from '../../core/contacts/visible-contacts.ts'
import type { Queryable } from '../../core/database/pool.ts'
import type { LiveItem } from '../../core/realtime/live-event.ts'
import { eventPolicies } from '../policies/event-policies.ts'

/** The items that this actor may hear of, in their order. */
export async function visibleItems(db: Queryable, actor: Actor, items: LiveItem[]): Promise<LiveItem[]> {
  const allowed = allowedItems(actor, items)
  if (!actor.ownClientsOnly) return allowed
  const cards = allowed.flatMap((item) => (eventPolicies[item.type].only === 'card' && item.contactId ? [item.contactId] : []))
  const own = await ownCards(db, actor, [...new Set(cards)])
  return allowed.filter(
    (item) => eventPolicies[item.type].only !== 'card' || (item.contactId !== null && own.has(item.contactId)) || ringsFor(item, actor.id),
  )
}

async function ownCards(db: Queryable, actor: Actor, contactIds: string[]): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set()
  const { rows } = await db.query<{ id: string }>(
    `select c.id from contacts c where c.id = any($1::uuid[]) and ${visibleContacts(actor, 'c.card_id')}`,
    [contactIds],
  )
  return new Set(rows.map((row) => row.id))
}

/** Whose telephone rings hears of the call, whoever it is that calls. */
function ringsFor({ type, payload }: LiveItem, userId: string): boolean {
  if (type !== 'call.changed') return false
  const { userId: answeredBy, legs } = payload as { userId?: unknown; legs?: { userId?: unknown }[] }
  return answeredBy === userId || (legs ?? []).some((leg) => leg.userId === userId)
}

/** By role and scopes alone: what is the same for everybody with these. */
export function allowedItems(actor: Actor, items: LiveItem[]): LiveItem[] {
  const narrowedTo = actor.scopes ?? []
  return items.filter((item) => {
    const rule = eventPolicies[item.type]
    const mayHear = rule.roles.some((role) => role === actor.role) && (narrowedTo.length === 0 || narrowedTo.includes(rule.scope))
    return mayHear && (rule.only !== 'self' || item.subjectId === actor.id)
  })
}
