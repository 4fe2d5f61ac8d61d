import type { Queryable, Transaction } from '../database/pool.ts'
import type { Candidate } from './choose-user.ts'
import { ruleDefaults } from './rule.ts'

/** One process shares out at a time: turns are taken one after the other. */
const sharingLock = 72707371

/** False while another transaction shares out. */
export async function lockSharing(tx: Transaction): Promise<boolean> {
  const { rows } = await tx.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [sharingLock])
  return rows[0]?.locked ?? false
}

export interface PendingGroup {
  channelId: string
  teamId: string | null
}

const isWaiting = `v.waiting_since is not null and v.state <> 'closed' and (v.snoozed_until is null or v.snoozed_until <= now())`

/** Where somebody is still to be found. */
export async function selectPendingGroups(db: Queryable): Promise<PendingGroup[]> {
  const { rows } = await db.query<PendingGroup>(
    `select channel_id as "channelId", team_id as "teamId" from conversations where route_at is not null group by 1, 2 order by min(route_at)`,
  )
  return rows
}

export interface PendingConversation {
  id: string
  contactId: string
  /** Of the card, or else of the contact itself. */
  ownerId: string | null
}

/** Those of a group whose answer is due first, locked; what another transaction holds is passed over. */
export async function lockPending(tx: Transaction, group: PendingGroup, limit: number): Promise<PendingConversation[]> {
  const { rows } = await tx.query<PendingConversation>(
    `select v.id, v.contact_id as "contactId", coalesce(card.owner_id, c.owner_id) as "ownerId"
     from conversations v join contacts c on c.id = v.contact_id join contacts card on card.id = c.card_id
     where v.route_at is not null and v.channel_id = $1 and v.team_id is not distinct from $2 and v.assignee_id is null and ${isWaiting}
     order by v.due_at, v.id limit $3 for update of v skip locked`,
    [group.channelId, group.teamId, limit],
  )
  return rows
}

/** What nobody waits for any more, or somebody has taken, needs no user. */
export async function dropSettled(tx: Transaction): Promise<void> {
  await tx.query(
    `update conversations set route_at = null where id in (select v.id from conversations v where v.route_at is not null
       and (v.assignee_id is not null or v.waiting_since is null or v.state = 'closed') order by v.id limit 1000 for update skip locked)`,
  )
}

export async function clearPending(tx: Transaction, ids: string[]): Promise<void> {
  await tx.query('update conversations set route_at = null where id = any($1::uuid[])', [ids])
}

interface PresentUser extends Candidate {
  isOperator: boolean
  teamPositions: Record<string, number> | null
}

/** Everybody who is there and takes new clients, with what he has already. */
export async function selectPresent(db: Queryable): Promise<PresentUser[]> {
  const { rows } = await db.query<Omit<PresentUser, 'lastGivenAt'> & { lastGivenAt: Date | null }>(
    `select u.id as "userId", u.role = 'operator' as "isOperator", p.last_given_at as "lastGivenAt", 0 as position,
       (select json_object_agg(m.team_id, m.position) from team_members m where m.user_id = u.id) as "teamPositions",
       (select count(*)::int from conversations v where v.assignee_id = u.id and ${isWaiting}) as load
     from presence p join users u on u.id = p.user_id
     where p.state = 'available' and u.disabled_at is null and u.role in ('operator', 'manager', 'admin')`,
  )
  return rows.map((row) => ({ ...row, lastGivenAt: row.lastGivenAt?.getTime() ?? 0 }))
}

/** Members of the team; without a team all operators. */
export function candidatesOf(present: readonly PresentUser[], teamId: string | null): Candidate[] {
  if (teamId === null) return present.filter((user) => user.isOperator)
  return present.flatMap((user) => {
    const position = user.teamPositions?.[teamId]
    return position === undefined ? [] : [{ ...user, position }]
  })
}

export async function noteGiven(tx: Transaction, userIds: string[]): Promise<void> {
  await tx.query('update presence set last_given_at = clock_timestamp() where user_id = any($1::uuid[])', [userIds])
}

export interface HeldConversation extends PendingGroup {
  id: string
  assigneeId: string
}

const heldColumns = `v.id, v.assignee_id as "assigneeId", v.channel_id as "channelId", v.team_id as "teamId"`

/** Clients who wait for somebody who has been away for his open minutes, locked. */
export async function lockHeldByAbsent(tx: Transaction, limit: number): Promise<HeldConversation[]> {
  const absentSince = `greatest(coalesce(p.since, '-infinity'), v.waiting_since, coalesce(v.assigned_at, '-infinity'))`
  const minutes = `coalesce((rule ->> 'absentMinutes')::int, ${ruleDefaults.absentMinutes})`
  const { rows } = await tx.query<HeldConversation>(
    `select ${heldColumns} from conversations v left join presence p on p.user_id = v.assignee_id,
       lateral routing_rule(v.channel_id, v.team_id) rule
     where v.assignee_id is not null and ${isWaiting} and (p.user_id is null or p.state = 'away')
       and now() - ${absentSince} >= make_interval(mins => ${minutes}) and open_minutes(rule -> 'hours', ${absentSince}, now()) >= ${minutes}
     order by v.due_at, v.id limit $1 for update of v skip locked`,
    [limit],
  )
  return rows
}

/** Clients whom a rule gave to somebody who has not looked for his open minutes, locked. */
export async function lockUnread(tx: Transaction, limit: number): Promise<HeldConversation[]> {
  const minutes = `coalesce((rule ->> 'unreadMinutes')::int, ${ruleDefaults.unreadMinutes})`
  const { rows } = await tx.query<HeldConversation>(
    `select ${heldColumns} from conversations v, lateral routing_rule(v.channel_id, v.team_id) rule
     where v.assignee_id is not null and v.assigned_by_rule and v.assignee_seen_at is null and ${isWaiting} and ${minutes} > 0
       and now() - v.assigned_at >= make_interval(mins => ${minutes}) and open_minutes(rule -> 'hours', v.assigned_at, now()) >= ${minutes}
     order by v.due_at, v.id limit $1 for update of v skip locked`,
    [limit],
  )
  return rows
}

/** They stay with whom they have for another round. */
export async function restartUnread(tx: Transaction, ids: string[]): Promise<void> {
  await tx.query('update conversations set assigned_at = now() where id = any($1::uuid[])', [ids])
}

/** The assignee looks at it: it stays with him. */
export async function noteLook(db: Queryable, conversationId: string, userId: string): Promise<void> {
  await db.query(
    `update conversations v set assignee_seen_at = now() from contacts c, contacts m, conversations looked
     where looked.id = $1 and c.id = looked.contact_id and m.card_id = c.card_id and v.contact_id = m.id and v.assignee_id = $2 and v.assignee_seen_at is null`,
    [conversationId, userId],
  )
}

/** Conversations whose rest is over come back; who did not wait does so from then on. */
export async function wakeSnoozed(tx: Transaction): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update conversations set waiting_since = case when state = 'closed' then null else coalesce(waiting_since, snoozed_until) end, snoozed_until = null,
       route_at = case when assignee_id is null and state <> 'closed' then now() end
     where id in (select id from conversations where snoozed_until <= now() order by id limit 500 for update skip locked) returning id`,
  )
  return rows.map((row) => row.id)
}
