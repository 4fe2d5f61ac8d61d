import type { Actor } from '../../core/access/actor.ts'
import { visibleContacts } from '../../core/contacts/visible-contacts.ts'
import type { Queryable } from '../../core/database/pool.ts'
import { readers } from '../policies/rule.ts'

/** May this actor see the conversation? */
export async function maySeeConversation(db: Queryable, actor: Actor, conversationId: string): Promise<boolean> {
  if (!readers.some((role) => role === actor.role)) return false
  const { rowCount } = await db.query(
    `select from conversations v join contacts c on c.id = v.contact_id where v.id = $1 and ${visibleContacts(actor, 'c.card_id')}`,
    [conversationId],
  )
  return rowCount === 1
}
