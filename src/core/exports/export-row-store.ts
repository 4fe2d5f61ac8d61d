import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable } from '../database/pool.ts'

const mostFields = 200

/** Names of the firm's own fields, in order. */
export async function customFields(db: Queryable, table: 'contacts' | 'companies'): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(`select distinct jsonb_object_keys(fields) as name from ${table} order by 1 limit $1`, [
    mostFields,
  ])
  return rows.map(({ name }) => name)
}

/** What ids are called: users by e-mail, as an import finds them. */
export async function namesOf(
  db: Queryable,
  ids: { userIds?: (string | null)[]; companyIds?: (string | null)[]; contactIds?: (string | null)[] },
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; name: string }>(
    `select id, email as name from users where id = any($1::uuid[]) union all select id, name from companies where id = any($2::uuid[])
     union all select id, name from contacts where id = any($3::uuid[])`,
    [ids.userIds ?? [], ids.companyIds ?? [], ids.contactIds ?? []],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Messages, forms and notes on cards that the actor may see, the newest first. What its author deleted is left out. */
export async function selectEntries(
  db: Queryable,
  actor: Actor,
  contactId: string | undefined,
  page: { after: [Date, string] | undefined; limit: number },
): Promise<{ at: Date; cells: string[] }[]> {
  const { rows } = await db.query<{ at: Date; cells: string[] }>(
    `select e.sort_at as at, array[e.id::text, r.name, e.kind, coalesce(e.medium, ''), coalesce(e.direction, ''), coalesce(e.status, ''),
       coalesce(e.from_value, ''), coalesce(e.to_value, ''), coalesce(e.subject, ''), e.text] as cells
     from entries e join contacts c on c.id = e.contact_id join contacts r on r.id = c.card_id
     where e.deleted_at is null and ($1::uuid is null or c.card_id = (select card_id from contacts where id = $1))
       and ($2::timestamptz is null or (e.sort_at, e.id) < ($2, $3::uuid)) and ${visibleContacts(actor, 'c.card_id')}
     order by e.sort_at desc, e.id desc limit $4`,
    [contactId ?? null, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows
}
