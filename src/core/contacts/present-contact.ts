import type { Evidence } from '../connector/identity.ts'
import type { Queryable } from '../database/pool.ts'
import type { ContactView, IdentityView } from './contact.ts'

interface ContactRow extends Omit<ContactView, 'identities' | 'lastTouchAt' | 'createdAt'> {
  lastTouchAt: Date
  createdAt: Date
  identities: IdentityView[] | null
}

const query = {
  name: 'present-contacts',
  text: `
    select c.id, c.name, c.stage, c.owner_id as "ownerId", c.company_id as "companyId", c.merged_into_id as "mergedIntoId",
      c.card_id as "cardId", c.fields, c.language, c.created_at as "createdAt",
      (select '/api/v1/contacts/' || p.contact_id || '/picture?' || left(p.sha256, 12) from contact_pictures p
        where p.file is not null and (p.contact_id = c.id or p.contact_id in (select m.id from contacts m where m.card_id = c.id))
        order by p.told_at desc limit 1) as "pictureUrl",
      greatest(c.last_touch_at, (select max(m.last_touch_at) from contacts m where m.card_id = c.id)) as "lastTouchAt",
      (select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'role', ci.role, 'evidence', ci.evidence, 'raw', ci.raw,
          'contactId', ci.contact_id, 'owning', ci.owning) order by ci.since, i.id)
        from contact_identities ci join identities i on i.id = ci.identity_id
        where ci.contact_id in (select c.id union all select m.id from contacts m where m.card_id = c.id and m.id <> c.id)
          and ci.until is null) as identities
    from contacts c where c.id = any($1::uuid[])`,
}

const strongest: Evidence[] = ['attested', 'verified', 'manual', 'claimed']

/** Contacts in the outside shape, in the order of `ids`; ids that do not exist are left out. One query for all. */
export async function presentContacts(db: Queryable, ids: string[]): Promise<ContactView[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<ContactRow>(query, [ids])
  const byId = new Map(rows.map((row) => [row.id, present(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function present(row: ContactRow): ContactView {
  return {
    ...row,
    identities: oncePerIdentity(row.identities ?? []),
    lastTouchAt: row.lastTouchAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  }
}

/** Merged contacts may hold the same identity: the owner's is shown, else the better proven one. */
function oncePerIdentity(identities: IdentityView[]): IdentityView[] {
  const best = new Map<string, IdentityView>()
  for (const identity of identities) {
    const other = best.get(identity.id)
    if (!other || rank(identity) < rank(other)) best.set(identity.id, identity)
  }
  return [...best.values()]
}

function rank(identity: IdentityView): number {
  return (identity.owning ? 0 : strongest.length) + strongest.indexOf(identity.evidence)
}
