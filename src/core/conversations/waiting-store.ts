import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable } from '../database/pool.ts'

export const waitingScopes = ['mine', 'team', 'all'] as const
/** `team`: mine, my teams', and what nobody and no team has. */
export type WaitingScope = (typeof waitingScopes)[number]

export interface WaitingRow {
  cardId: string
  /** The item whose answer is due first: the place of the row in the list. */
  itemId: string
  dueAt: Date
  waitingSince: Date
  /** Open minutes left until then; less than nothing when it is late. */
  minutesLeft: number
  conversationIds: string[]
  /** Missed calls among what he waits for. */
  callIds: string[]
  lastEntryId: string | null
}

export interface WaitingFilter {
  scope: WaitingScope
  channelId?: string | undefined
  /** Due time and item of the last row of the page before. */
  after: [string, string] | undefined
  limit: number
}

/** Conditions on one item of `waiting_items`, by its alias. $1 is who asks, $2 a channel or null. */
function inScope(scope: WaitingScope, item: string): string {
  const isMine = `${item}.assignee_id = $1`
  const isMyTeams = `(${item}.assignee_id = $1 or (${item}.assignee_id is null
    and (${item}.team_id is null or ${item}.team_id in (select team_id from team_members where user_id = $1))))`
  const ofScope: Record<WaitingScope, string> = { mine: isMine, team: isMyTeams, all: '$1::uuid is not null' }
  return `${ofScope[scope]} and ($2::uuid is null or ${item}.channel_id = $2)`
}

/**
 * The page of the waiting list as SQL: walks the items by what is due first and passes over those of cards that have an earlier one, so that
 * a page costs what it shows, whoever else waits.
 */
export function waitingPage(actor: Actor, scope: WaitingScope): string {
  return `with page as (
      select w.id, w.due_at, w.channel_id, w.team_id, c.card_id from waiting_items w join contacts c on c.id = w.contact_id
      where ${inScope(scope, 'w')} and ($3::timestamptz is null or (w.due_at, w.id) > ($3, $4::uuid)) and ${visibleContacts(actor, 'c.card_id')}
        and not exists (select from contacts m join waiting_items o on o.contact_id = m.id
          where m.card_id = c.card_id and (o.due_at, o.id) < (w.due_at, w.id) and ${inScope(scope, 'o')})
      order by w.due_at, w.id limit $5)
    select page.card_id as "cardId", page.id as "itemId", page.due_at as "dueAt", items.*,
      case when page.due_at >= now() then open_minutes(rule -> 'hours', now(), page.due_at) else - open_minutes(rule -> 'hours', page.due_at, now()) end as "minutesLeft",
      (select e.id from entries e where e.conversation_id = items."conversationIds"[1] and e.direction = 'inbound'
        order by e.sort_at desc, e.id desc limit 1) as "lastEntryId"
    from page, lateral routing_rule(page.channel_id, page.team_id) rule, lateral (
      select min(i.waiting_since) as "waitingSince",
        coalesce(array_agg(i.conversation_id order by i.last_at desc, i.id) filter (where i.conversation_id is not null), '{}') as "conversationIds",
        coalesce((select array_agg(k.id order by k.started_at desc) from contacts o join calls k on k.contact_id = o.id where o.card_id = page.card_id
          and k.direction = 'inbound' and k.state = 'ended' and k.outcome <> 'answered' and k.started_at >= min(i.waiting_since)), '{}') as "callIds"
      from contacts m join waiting_items i on i.contact_id = m.id where m.card_id = page.card_id and ${inScope(scope, 'i')}) items
    order by page.due_at, page.id`
}

/** One row per client over all media, the least time left first. */
export async function selectWaiting(db: Queryable, actor: Actor, filter: WaitingFilter): Promise<WaitingRow[]> {
  const { rows } = await db.query<WaitingRow>(waitingPage(actor, filter.scope), [
    actor.id,
    filter.channelId ?? null,
    filter.after?.[0] ?? null,
    filter.after?.[1] ?? null,
    filter.limit,
  ])
  return rows
}

/** How many clients wait, by scope. */
export async function countWaiting(db: Queryable, actor: Actor, channelId?: string): Promise<Record<WaitingScope, number>> {
  const { rows } = await db.query<Record<WaitingScope, number>>(
    `select count(distinct c.card_id) filter (where ${inScope('mine', 'w')})::int as mine,
       count(distinct c.card_id) filter (where ${inScope('team', 'w')})::int as team, count(distinct c.card_id)::int as "all"
     from waiting_items w join contacts c on c.id = w.contact_id where ${inScope('all', 'w')} and ${visibleContacts(actor, 'c.card_id')}`,
    [actor.id, channelId ?? null],
  )
  return rows[0] ?? { mine: 0, team: 0, all: 0 }
}
