import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ContactEditRow } from './contact-store.ts'

export interface MergeRow {
  id: string
  fromId: string
  intoId: string
  actorId: string | null
  at: Date
  undoneAt: Date | null
  undoneBy: string | null
}

export interface Link {
  id: string
  cardId: string
  mergedIntoId: string | null
}

const columns =
  'm.id, m.from_id as "fromId", m.into_id as "intoId", m.actor_id as "actorId", m.at, m.undone_at as "undoneAt", m.undone_by as "undoneBy"'

/** One merge or undo at a time in the whole hub: two at once could close a ring. Held until the transaction ends. */
export async function lockMerging(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('merging of contacts', 0))`)
}

/** Throws `not_found`. The row is locked, so that edits under way finish first. */
export async function lockLink(tx: Transaction, contactId: string): Promise<Link> {
  const { rows } = await tx.query<Link>(
    'select id, card_id as "cardId", merged_into_id as "mergedIntoId" from contacts where id = $1 for no key update',
    [contactId],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such contact.')
  return found
}

export async function insertMerge(tx: Transaction, merge: { id: string; fromId: string; intoId: string; actorId: string | null }): Promise<void> {
  await tx.query('insert into merges (id, from_id, into_id, actor_id) values ($1, $2, $3, $4)', [merge.id, merge.fromId, merge.intoId, merge.actorId])
}

/** Links a card under another contact: whatever it showed is shown by that contact's card from now on. */
export async function linkCard(tx: Transaction, fromCard: string, into: Link): Promise<void> {
  await tx.query('update contacts set merged_into_id = $2 where id = $1', [fromCard, into.id])
  await tx.query('update contacts set card_id = $2 where card_id = $1', [fromCard, into.cardId])
}

/** Makes a merged contact a card again, with whatever is merged into it. */
export async function unlinkCard(tx: Transaction, from: Link): Promise<void> {
  await tx.query('update contacts set merged_into_id = null where id = $1', [from.id])
  await tx.query(
    `with recursive under as (
       select id from contacts where id = $1
       union select c.id from contacts c join under u on c.merged_into_id = u.id where c.card_id = $2
     ) update contacts set card_id = $1 where id in (select id from under)`,
    [from.id, from.cardId],
  )
}

/** Throws `not_found`. */
export async function selectMerge(db: Queryable, id: string): Promise<MergeRow> {
  const { rows } = await db.query<MergeRow>(`select ${columns} from merges m where m.id = $1`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such merge.')
  return found
}

export async function markUndone(tx: Transaction, id: string, actorId: string | null): Promise<void> {
  await tx.query('update merges set undone_at = now(), undone_by = $2 where id = $1', [id, actorId])
}

/** Every merge that a card took part in, the newest first; undone ones too. */
export async function selectMergesOf(db: Queryable, cardId: string): Promise<MergeRow[]> {
  const { rows } = await db.query<MergeRow>(
    `select ${columns} from merges m where m.from_id in (select id from contacts where card_id = $1) or m.into_id in (select id from contacts where card_id = $1)
     order by m.at desc, m.id desc limit 200`,
    [cardId],
  )
  return rows
}

/** What people wrote on the merged card since the merge: it stays there when the merge is undone. */
export async function selectStayingEdits(db: Queryable, merge: MergeRow): Promise<ContactEditRow[]> {
  const { rows } = await db.query<ContactEditRow>(
    `with recursive under as (
       select id from contacts where id = $1
       union select c.id from contacts c join under u on c.merged_into_id = u.id
         where c.card_id = (select card_id from contacts where id = $1)
     )
     select e.id, e.contact_id as "contactId", e.field, e.before, e.after, e.actor_id as "actorId", e.at, e.merge_id as "mergeId"
     from contact_edits e
     where e.contact_id in (select id from contacts where card_id = (select card_id from contacts where id = $2))
       and e.contact_id not in (select id from under) and e.merge_id is not null and e.at >= $3 and e.at <= coalesce($4, now())
     order by e.at, e.id limit 1000`,
    [merge.fromId, merge.intoId, merge.at, merge.undoneAt],
  )
  return rows
}

/** How much a card shows. */
export async function countBelongings(db: Queryable, cardId: string): Promise<{ entries: number; conversations: number; leads: number }> {
  const { rows } = await db.query<{ entries: number; conversations: number; leads: number }>(
    `with members as (select id from contacts where card_id = $1)
     select (select count(*)::int from entries where contact_id in (select id from members)) as entries,
       (select count(*)::int from conversations where contact_id in (select id from members)) as conversations,
       (select count(*)::int from leads where contact_id in (select id from members)) as leads`,
    [cardId],
  )
  return rows[0] ?? { entries: 0, conversations: 0, leads: 0 }
}
