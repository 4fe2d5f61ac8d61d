import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Stage } from './contact.ts'

/** The columns of a contact that people edit. */
export interface EditableContact {
  id: string
  name: string
  stage: Stage
  ownerId: string | null
  companyId: string | null
  language: string | null
  fields: Record<string, unknown>
}

export interface ContactEditRow {
  id: string
  contactId: string
  field: string
  before: unknown
  after: unknown
  actorId: string | null
  at: Date
  mergeId: string | null
}

const triesToLock = 5

/** Locks the card that shows a contact, for editing. Throws `not_found`. */
export async function lockCard(tx: Transaction, contactId: string): Promise<EditableContact> {
  for (let tries = 0; tries < triesToLock; tries++) {
    const { rows } = await tx.query<EditableContact & { isCard: boolean }>(
      `select c.id, c.name, c.stage, c.owner_id as "ownerId", c.company_id as "companyId", c.language, c.fields, c.card_id = c.id as "isCard"
       from contacts c where c.id = (select card_id from contacts where id = $1) for update`,
      [contactId],
    )
    const [found] = rows
    if (!found) throw new CoreError('not_found', 'There is no such contact.')
    const { isCard, ...contact } = found
    // Merged while we waited for the lock: another card shows it now.
    if (isCard) return contact
  }
  throw new CoreError('conflict')
}

export async function insertContact(tx: Transaction, contact: EditableContact): Promise<void> {
  await tx.query(
    `insert into contacts (id, name, name_by, stage, owner_id, company_id, language, fields, card_id)
     values ($1, $2, 'user', $3, $4, $5, $6, $7, $1)`,
    [contact.id, contact.name, contact.stage, contact.ownerId, contact.companyId, contact.language, contact.fields],
  )
}

export async function updateContact(tx: Transaction, contact: EditableContact, isNameEdited: boolean): Promise<void> {
  await tx.query(
    `update contacts set name = $2, stage = $3, owner_id = $4, company_id = $5, language = $6, fields = $7,
       name_by = case when $8 then 'user' else name_by end, updated_at = now() where id = $1`,
    [contact.id, contact.name, contact.stage, contact.ownerId, contact.companyId, contact.language, contact.fields, isNameEdited],
  )
}

/** Remembers former values. On a card that shows merged contacts they also name the latest of those merges. */
export async function insertEdits(
  tx: Transaction,
  contactId: string,
  actorId: string | null,
  edits: { id: string; field: string; before: unknown; after: unknown }[],
): Promise<void> {
  await tx.query(
    `insert into contact_edits (id, contact_id, field, before, after, actor_id, merge_id)
     select e.id, $1, e.field, e.before, e.after, $2,
       (select m.id from merges m join contacts c on c.id = m.from_id where c.card_id = $1 and m.undone_at is null order by m.at desc, m.id desc limit 1)
     from json_to_recordset($3::json) as e (id uuid, field text, before jsonb, after jsonb)`,
    [contactId, actorId, JSON.stringify(edits)],
  )
}

const editColumns = 'id, contact_id as "contactId", field, before, after, actor_id as "actorId", at, merge_id as "mergeId"'

/** Newest first; `after` is the place of the last row that was read. */
export async function selectEdits(
  db: Queryable,
  cardId: string,
  page: { after: [string, string] | undefined; limit: number },
): Promise<ContactEditRow[]> {
  const { rows } = await db.query<ContactEditRow>(
    `select ${editColumns} from contact_edits
     where contact_id in (select id from contacts where card_id = $1) and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
     order by at desc, id desc limit $4`,
    [cardId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows
}

/** Throws `not_found`. */
export async function selectEdit(db: Queryable, editId: string): Promise<ContactEditRow> {
  const { rows } = await db.query<ContactEditRow>(`select ${editColumns} from contact_edits where id = $1`, [editId])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such edit.')
  return found
}

/** Throws `invalid_request` unless the named user and company exist. */
export async function requireTargets(
  db: Queryable,
  targets: { ownerId?: string | null | undefined; companyId?: string | null | undefined },
): Promise<void> {
  const { rows } = await db.query<{ owner: boolean; company: boolean }>(
    `select $1::uuid is null or exists (select 1 from users where id = $1) as owner,
       $2::uuid is null or exists (select 1 from companies where id = $2) as company`,
    [targets.ownerId ?? null, targets.companyId ?? null],
  )
  if (!rows[0]?.owner) throw new CoreError('invalid_request', 'The owner is not a user.')
  if (!rows[0]?.company) throw new CoreError('invalid_request', 'There is no such company.')
}
