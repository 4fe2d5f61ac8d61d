import type { Queryable, Transaction } from '../database/pool.ts'

/** What somebody has in hand. */
export interface WorkCounts {
  /** Cards whose owner he is. */
  contacts: number
  companies: number
  /** Conversations that are his; `waiting` of them have a client who waits. */
  conversations: number
  waiting: number
  /** Leads that are neither won nor lost. */
  leads: number
  /** Tasks that are not done. */
  tasks: number
}

export async function countWork(db: Queryable, userId: string): Promise<WorkCounts> {
  const { rows } = await db.query<WorkCounts>(
    `select (select count(*)::int from contacts where owner_id = $1) as contacts, (select count(*)::int from companies where owner_id = $1) as companies,
       (select count(*)::int from conversations where assignee_id = $1) as conversations,
       (select count(*)::int from conversations where assignee_id = $1 and waiting_since is not null and state <> 'closed') as waiting,
       (select count(*)::int from leads where owner_id = $1 and status in ('new', 'working')) as leads,
       (select count(*)::int from tasks where assignee_id = $1 and done_at is null) as tasks`,
    [userId],
  )
  return rows[0] ?? { contacts: 0, companies: 0, conversations: 0, waiting: 0, leads: 0, tasks: 0 }
}

export interface WorkMove {
  fromUserId: string
  toUserId: string | null
  /** Who moves it, for the history of the cards. */
  actorId: string | null
}

/** Cards with a line in their history, companies, open leads, open tasks. Gives how many of each. */
export async function moveCards(
  tx: Transaction,
  { fromUserId, toUserId, actorId }: WorkMove,
): Promise<Omit<WorkCounts, 'conversations' | 'waiting'>> {
  const contacts = await tx.query(
    `with moved as (update contacts set owner_id = $2, updated_at = now() where owner_id = $1 returning id)
     insert into contact_edits (id, contact_id, field, before, after, actor_id)
     select gen_random_uuid(), id, 'ownerId', to_jsonb($1::text), to_jsonb($2::text), $3 from moved`,
    [fromUserId, toUserId, actorId],
  )
  const companies = await tx.query('update companies set owner_id = $2, updated_at = now() where owner_id = $1', [fromUserId, toUserId])
  const leads = await tx.query(`update leads set owner_id = $2, updated_at = now() where owner_id = $1 and status in ('new', 'working')`, [
    fromUserId,
    toUserId,
  ])
  const tasks = await tx.query(
    'update tasks set assignee_id = $2, reminded_at = null, updated_at = now() where assignee_id = $1 and done_at is null',
    [fromUserId, toUserId],
  )
  const count = (result: { rowCount: number | null }) => result.rowCount ?? 0
  return { contacts: count(contacts), companies: count(companies), leads: count(leads), tasks: count(tasks) }
}

/** All his conversations, locked, so that none stays behind. */
export async function lockConversationsOf(tx: Transaction, userId: string): Promise<{ id: string; isWaiting: boolean }[]> {
  const { rows } = await tx.query<{ id: string; isWaiting: boolean }>(
    `select id, waiting_since is not null and state <> 'closed' as "isWaiting" from conversations where assignee_id = $1 order by id for update`,
    [userId],
  )
  return rows
}
