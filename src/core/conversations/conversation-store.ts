import type { Actor } from '../access/actor.ts'
import { visibleCard, visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ConversationState } from './conversation.ts'

export interface ConversationFilter {
  /** `open` also gives those that wait. */
  state?: ConversationState | undefined
  assigneeId?: string | undefined
  isUnassigned?: boolean | undefined
  contactId?: string | undefined
  channelId?: string | undefined
}

const inState: Record<ConversationState, string> = {
  open: `v.state <> 'closed'`,
  waiting: `v.state <> 'closed' and v.waiting_since is not null`,
  closed: `v.state = 'closed'`,
}

/** The latest first; with `contactId` those of its whole card. */
export async function selectConversations(
  db: Queryable,
  actor: Actor,
  filter: ConversationFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<{ id: string; lastEntryAt: Date }[]> {
  const { rows } = await db.query<{ id: string; lastEntryAt: Date }>(
    `select v.id, v.last_entry_at as "lastEntryAt" from conversations v join contacts c on c.id = v.contact_id
     where ${filter.state ? inState[filter.state] : 'true'} and ($1::uuid is null or v.assignee_id = $1) and (not $2 or v.assignee_id is null)
       and ($3::uuid is null or c.card_id = (select card_id from contacts where id = $3)) and ($4::uuid is null or v.channel_id = $4)
       and ($5::timestamptz is null or (v.last_entry_at, v.id) < ($5, $6::uuid)) and ${visibleContacts(actor, 'c.card_id')}
     order by v.last_entry_at desc, v.id desc limit $7`,
    [
      filter.assigneeId ?? null,
      filter.isUnassigned ?? false,
      filter.contactId ?? null,
      filter.channelId ?? null,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
    ],
  )
  return rows
}

/** Throws `not_found`, also for what the actor may not see. */
export async function requireConversation(db: Queryable, actor: Actor, id: string): Promise<{ contactId: string }> {
  const { rows } = await db.query<{ contactId: string }>(
    `select v.contact_id as "contactId" from conversations v join contacts c on c.id = v.contact_id
     where v.id = $1 and ${visibleCard(actor, 'c.card_id')}`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such conversation.')
  return found
}

/** Sets the assignee if he is still `from` (or whoever, when that is undefined). Gives false when he is another. */
export async function setAssignee(
  tx: Transaction,
  id: string,
  change: { from: (string | null)[] | undefined; to: string | null; teamId?: string | null | undefined },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update conversations set assignee_id = $2, team_id = case when $6 then $5::uuid else team_id end
     where id = $1 and (not $3 or assignee_id is null and $7 or assignee_id = any($4::uuid[]))`,
    [
      id,
      change.to,
      change.from !== undefined,
      (change.from ?? []).filter((assignee) => assignee !== null),
      change.teamId ?? null,
      change.teamId !== undefined,
      change.from?.includes(null) ?? false,
    ],
  )
  return rowCount === 1
}

export async function readAssignee(db: Queryable, id: string): Promise<{ assigneeId: string | null; assigneeName: string | null }> {
  const { rows } = await db.query<{ assigneeId: string | null; assigneeName: string | null }>(
    `select v.assignee_id as "assigneeId", u.name as "assigneeName" from conversations v left join users u on u.id = v.assignee_id where v.id = $1`,
    [id],
  )
  return rows[0] ?? { assigneeId: null, assigneeName: null }
}

export async function closeConversation(tx: Transaction, id: string): Promise<void> {
  await tx.query(`update conversations set state = 'closed', waiting_since = null where id = $1`, [id])
}

export async function reopenConversation(tx: Transaction, id: string): Promise<void> {
  await tx.query(`update conversations set state = 'open' where id = $1`, [id])
}

/** The client no longer waits: in every conversation of the card that shows the contact. Gives the ids of those where he did. */
export async function endWaiting(tx: Transaction, contactId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update conversations set waiting_since = null
     where waiting_since is not null
       and contact_id in (select m.id from contacts m where m.card_id = (select card_id from contacts where id = $1)) returning id`,
    [contactId],
  )
  return rows.map((row) => row.id)
}

/** Throws `invalid_request` unless the named user and team exist. */
export async function requireAssignee(db: Queryable, userId: string | null, teamId: string | null | undefined): Promise<void> {
  const { rows } = await db.query<{ user: boolean; team: boolean }>(
    `select $1::uuid is null or exists (select 1 from users where id = $1 and disabled_at is null) as user,
       $2::uuid is null or exists (select 1 from teams where id = $2) as team`,
    [userId, teamId ?? null],
  )
  if (!rows[0]?.user) throw new CoreError('invalid_request', 'There is no such user, or he is switched off.')
  if (!rows[0].team) throw new CoreError('invalid_request', 'There is no such team.')
}
