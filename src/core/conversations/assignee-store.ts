import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

export interface Assignee {
  assigneeId: string | null
  assigneeName: string | null
  teamId: string | null
}

/** Who has it, locked: of several who take at once each sees what the one before did. */
export async function lockAssignee(tx: Transaction, id: string): Promise<Assignee> {
  const { rows } = await tx.query<Omit<Assignee, 'assigneeName'>>(
    `select assignee_id as "assigneeId", team_id as "teamId" from conversations where id = $1 for update`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found')
  const names = await tx.query<{ name: string }>('select name from users where id = $1', [found.assigneeId])
  return { ...found, assigneeName: names.rows[0]?.name ?? null }
}

/** A person decided: he need not look at it first. What then has nobody is shared out by rule when its team changed, else stays. */
export async function setAssignee(tx: Transaction, id: string, to: { userId: string | null; teamId?: string | null | undefined }): Promise<void> {
  await tx.query(
    `update conversations set assignee_id = $2, assigned_at = now(), assigned_by_rule = false, assignee_seen_at = null,
       team_id = case when $4 then $3::uuid else team_id end, route_at = case when $2::uuid is null and $4 and waiting_since is not null then now() end
     where id = $1`,
    [id, to.userId, to.teamId ?? null, to.teamId !== undefined],
  )
}

/** What else of the client's card waits with nobody; gives the ids. */
export async function takeWaitingOfCard(tx: Transaction, contactId: string, userId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update conversations set assignee_id = $2, assigned_at = now(), assigned_by_rule = false, route_at = null
     where id in (select v.id from conversations v join contacts m on m.id = v.contact_id
       where m.card_id = (select card_id from contacts where id = $1) and v.waiting_since is not null and v.state <> 'closed' and v.assignee_id is null
       order by v.id for update of v) returning id`,
    [contactId, userId],
  )
  return rows.map((row) => row.id)
}

/** What nobody has stays with who answered it; what he answers he has looked at. */
export async function keepAnswered(tx: Transaction, id: string, userId: string): Promise<void> {
  await tx.query(
    `update conversations set assignee_id = $2, assigned_at = coalesce(assigned_at, now()), assignee_seen_at = coalesce(assignee_seen_at, now()),
       route_at = null where id = $1 and (assignee_id is null or assignee_id = $2)`,
    [id, userId],
  )
}

/** Throws `invalid_request` unless the named user and team exist and the user answers clients. */
export async function requireAssignee(db: Queryable, userId: string | null, teamId: string | null | undefined): Promise<void> {
  const { rows } = await db.query<{ user: boolean; team: boolean }>(
    `select $1::uuid is null or exists (select 1 from users where id = $1 and disabled_at is null and role in ('operator', 'manager', 'admin')) as user,
       $2::uuid is null or exists (select 1 from teams where id = $2) as team`,
    [userId, teamId ?? null],
  )
  if (!rows[0]?.user) throw new CoreError('invalid_request', 'There is no such user, he is switched off, or his role answers no clients.')
  if (!rows[0].team) throw new CoreError('invalid_request', 'There is no such team.')
}
