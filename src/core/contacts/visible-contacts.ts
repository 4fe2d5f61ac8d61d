import type { Actor } from '../access/actor.ts'
import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * A condition for the `where` of every list that shows something of clients. `cardColumn` is SQL that names a card (`c.card_id`).
 * "Own clients only" sees a card when one of its contacts is his own or shared with him, or a conversation or lead of it is assigned to him.
 */
export function visibleContacts(actor: Actor, cardColumn: string): string {
  if (!actor.ownClientsOnly) return 'true'
  if (!uuid.test(actor.id)) return 'false'
  const me = `'${actor.id}'::uuid`
  return `${cardColumn} in (select card_id from contacts where owner_id = ${me}
    union select c.card_id from contact_shares s join contacts c on c.id = s.contact_id where s.user_id = ${me}
    union select c.card_id from conversations a join contacts c on c.id = a.contact_id where a.assignee_id = ${me}
    union select c.card_id from leads l join contacts c on c.id = l.contact_id where l.owner_id = ${me})`
}

/** The same for one card: looks at that card instead of gathering all that the actor may see. */
export function visibleCard(actor: Actor, cardColumn: string): string {
  if (!actor.ownClientsOnly) return 'true'
  if (!uuid.test(actor.id)) return 'false'
  const me = `'${actor.id}'::uuid`
  return `exists (select 1 from contacts own where own.card_id = ${cardColumn} and (own.owner_id = ${me}
    or exists (select 1 from contact_shares s where s.contact_id = own.id and s.user_id = ${me})
    or exists (select 1 from conversations a where a.contact_id = own.id and a.assignee_id = ${me})
    or exists (select 1 from leads l where l.contact_id = own.id and l.owner_id = ${me})))`
}

/** The card that shows a contact. Throws `not_found` also when the actor may not see it, so that nobody learns what exists. */
export async function requireCard(db: Queryable, actor: Actor, contactId: string): Promise<string> {
  const { rows } = await db.query<{ cardId: string }>(
    `select c.card_id as "cardId" from contacts c where c.id = $1 and ${visibleCard(actor, 'c.card_id')}`,
    [contactId],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such contact.')
  return found.cardId
}
