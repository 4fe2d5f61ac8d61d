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
  if (cards.length === 0) return allowed.filter((item) => eventPolicies[item.type].only !== 'card')
  const { rows } = await db.query<{ id: string }>(
    `select c.id from contacts c where c.id = any($1::uuid[]) and ${visibleContacts(actor, 'c.card_id')}`,
    [[...new Set(cards)]],
  )
  const own = new Set(rows.map((row) => row.id))
  return allowed.filter((item) => eventPolicies[item.type].only !== 'card' || (item.contactId !== null && own.has(item.contactId)))
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
