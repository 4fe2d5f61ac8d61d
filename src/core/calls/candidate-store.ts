import type { Actor } from '../access/actor.ts'
import type { Evidence } from '../connector/identity.ts'
import { visibleCard } from '../contacts/visible-contacts.ts'
import type { Queryable } from '../database/pool.ts'

export interface Candidate {
  contactId: string
  name: string
  company: string | null
  isChosen: boolean
  evidence: Evidence | null
  since: string | null
  touches: { kind: string; medium: string | null; direction: string | null; at: string; text: string }[]
  tasks: { title: string; dueAt: string }[]
}

const most = 9

/**
 * Cards that have the outer number of a call, and the one it stands on, in an order that choosing does not change: keys stand on them; what was said and promised only to those who may see the card.
 * `number` is E.164, null where there is none.
 */
export async function selectCandidates(
  db: Queryable,
  actor: Actor,
  call: { contactId: string | null; entryId: string | null },
  number: string | null,
): Promise<Candidate[]> {
  const { rows } = await db.query<Candidate>(
    `with given as (
       select card.id, max(ci.evidence) as evidence, min(ci.since) as since from identities i
       join contact_identities ci on ci.identity_id = i.id and ci.until is null join contacts c on c.id = ci.contact_id join contacts card on card.id = c.card_id
       where i.kind = 'phone' and i.value = $2 group by card.id
       union select $1::uuid, null, null where $1::uuid is not null),
     one as (select id, max(evidence) as evidence, min(since) as since from given group by id)
     select "contactId", name, company, "isChosen", evidence, since, touches, tasks from (select c.id as "contactId", c.name, o.name as company, c.id is not distinct from $1::uuid as "isChosen", one.evidence, one.since,
       case when ${visibleCard(actor, 'c.id')} then coalesce((select json_agg(t) from (
         select e.kind, e.medium, e.direction, e.sort_at as at, left(coalesce(nullif(e.text, ''), e.subject, ''), 120) as text from entries e join contacts m on m.id = e.contact_id
         where m.card_id = c.id and e.id is distinct from $3::uuid and e.kind <> 'event' and e.deleted_at is null order by e.sort_at desc limit 3) t), '[]') else '[]' end as touches,
       case when ${visibleCard(actor, 'c.id')} then coalesce((select json_agg(t) from (
         select k.title, k.due_at as "dueAt" from tasks k join contacts m on m.id = k.contact_id
         where m.card_id = c.id and k.done_at is null order by k.due_at limit 3) t), '[]') else '[]' end as tasks
     from one join contacts c on c.id = one.id left join companies o on o.id = c.company_id
     order by "isChosen" desc, c.last_touch_at desc, c.id limit ${most}) found order by "contactId"`,
    [call.contactId, number, call.entryId],
  )
  return rows.map((row) => ({
    ...row,
    since: row.since === null ? null : new Date(row.since).toISOString(),
    touches: row.touches.map((touch) => ({ ...touch, at: new Date(touch.at).toISOString() })),
    tasks: row.tasks.map((task) => ({ ...task, dueAt: new Date(task.dueAt).toISOString() })),
  }))
}

/** The phone by which a call's client is known, as its entry was matched. */
export async function phoneOfCall(db: Queryable, callId: string): Promise<string | null> {
  const { rows } = await db.query<{ value: string | null }>(
    `select case when e.match -> 'identity' ->> 'kind' = 'phone' then e.match -> 'identity' ->> 'value' end as value
     from calls k left join entries e on e.id = k.entry_id where k.id = $1`,
    [callId],
  )
  return rows[0]?.value ?? null
}
