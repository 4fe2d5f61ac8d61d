import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import type { Queryable } from '../database/pool.ts'

/** Puts into the audit that somebody looked at a card: once per person, card and hour, however often a live screen reads it anew. */
export async function noteViewing({ pool }: { pool: Queryable }, contactId: string, { actor, ip }: Caller): Promise<void> {
  const viewer = actorId(actor)
  if (viewer === null) return
  await pool.query({
    name: 'note viewing',
    text: `insert into audit (id, actor_id, actor, action, subject, ip)
      select $1, $2, $3, 'contact.viewed', c.card_id::text, $4 from contacts c where c.id = $5 and not exists (
        select from audit a where a.action = 'contact.viewed' and a.actor_id = $2 and a.subject = c.card_id::text and a.at > now() - interval '1 hour')`,
    values: [newId(), viewer, actor.kind, ip ?? null, contactId],
  })
}
