import type { Queryable } from '../database/pool.ts'
import type { LeadView } from './lead.ts'

type LeadRow = Omit<LeadView, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date }

const query = {
  name: 'present-leads',
  text: `
    select l.id, l.contact_id as "contactId", coalesce(c.card_id, l.contact_id) as "cardId",
      coalesce(k.name, '') as "contactName",
      case when coalesce(k.name, '') = '' then (select json_build_object('kind', i.kind, 'value', i.value) from contacts m
        join contact_identities ci on ci.contact_id = m.id and ci.until is null join identities i on i.id = ci.identity_id
        where m.card_id = c.card_id order by ci.since, i.id limit 1) end as "contactIdentity",
      l.status, l.topic, l.lost_reason as "lostReason",
      l.source, l.first_touch as "firstTouch", l.last_touch as "lastTouch", l.owner_id as "ownerId", l.created_at as "createdAt",
      l.updated_at as "updatedAt"
    from leads l left join contacts c on c.id = l.contact_id left join contacts k on k.id = c.card_id
    where l.id = any($1::uuid[])`,
}

/** Leads in the outside shape, in the order of `ids`; ids that do not exist are left out. One query for all. */
export async function presentLeads(db: Queryable, ids: string[]): Promise<LeadView[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<LeadRow>(query, [ids])
  const byId = new Map(
    rows.map((row) => [row.id, { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() } satisfies LeadView]),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}
