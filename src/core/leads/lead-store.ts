import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { LeadStatus } from './lead.ts'

export interface LeadFilter {
  contactId?: string | undefined
  status?: LeadStatus | undefined
  ownerId?: string | undefined
}

export interface LeadState {
  contactId: string
  status: LeadStatus
  topic: string
  lostReason: string | null
  ownerId: string | null
}

/** The newest first; with `contactId` those of its whole card. */
export async function selectLeads(
  db: Queryable,
  actor: Actor,
  filter: LeadFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<{ id: string; createdAt: Date }[]> {
  const { rows } = await db.query<{ id: string; createdAt: Date }>(
    `select l.id, l.created_at as "createdAt" from leads l join contacts c on c.id = l.contact_id
     where ($1::uuid is null or c.card_id = (select card_id from contacts where id = $1)) and ($2::text is null or l.status = $2)
       and ($3::uuid is null or l.owner_id = $3) and ($4::timestamptz is null or (l.created_at, l.id) < ($4, $5::uuid))
       and ${visibleContacts(actor, 'c.card_id')}
     order by l.created_at desc, l.id desc limit $6`,
    [filter.contactId ?? null, filter.status ?? null, filter.ownerId ?? null, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows
}

/** How many leads there are by status: the heads of the board. */
export async function countLeads(db: Queryable, actor: Actor): Promise<Record<string, number>> {
  const { rows } = await db.query<{ status: string; count: number }>(
    `select l.status, count(*)::int as count from leads l join contacts c on c.id = l.contact_id where ${visibleContacts(actor, 'c.card_id')} group by l.status`,
  )
  return Object.fromEntries(rows.map((row) => [row.status, row.count]))
}

/** Throws `not_found`. */
export async function lockLead(tx: Transaction, id: string): Promise<LeadState> {
  const { rows } = await tx.query<LeadState>(
    `select contact_id as "contactId", status, topic, lost_reason as "lostReason", owner_id as "ownerId" from leads where id = $1 for update`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such lead.')
  return found
}

export async function insertLead(tx: Transaction, id: string, lead: LeadState): Promise<void> {
  await tx.query('insert into leads (id, contact_id, status, topic, lost_reason, owner_id) values ($1, $2, $3, $4, $5, $6)', [
    id,
    lead.contactId,
    lead.status,
    lead.topic,
    lead.lostReason,
    lead.ownerId,
  ])
}

export async function updateLead(tx: Transaction, id: string, lead: LeadState): Promise<void> {
  await tx.query('update leads set status = $2, topic = $3, lost_reason = $4, owner_id = $5, updated_at = now() where id = $1', [
    id,
    lead.status,
    lead.topic,
    lead.lostReason,
    lead.ownerId,
  ])
}
