import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable } from '../database/pool.ts'

export const waitingScopes = ['mine', 'team', 'all'] as const
/** `team`: mine, my teams', and what nobody and no team has. */
export type WaitingScope = (typeof waitingScopes)[number]

export interface WaitingRow {
  cardId: string
  waitingSince: Date
  conversationIds: string[]
  lastEntryId: string | null
}

const isMine = 'v.assignee_id = $1'
const isMyTeams = `(v.assignee_id = $1 or (v.assignee_id is null and (v.team_id is null or v.team_id in (select team_id from team_members where user_id = $1))))`
const inScope: Record<WaitingScope, string> = { mine: isMine, team: isMyTeams, all: 'true' }

function waiting(actor: Actor): string {
  return `from conversations v join contacts c on c.id = v.contact_id
    where v.waiting_since is not null and v.state <> 'closed' and ${visibleContacts(actor, 'c.card_id')}`
}

/** One row per client over all media, the longest waiting first. */
export async function selectWaiting(
  db: Queryable,
  actor: Actor,
  filter: { scope: WaitingScope; channelId?: string | undefined; after: [string, string] | undefined; limit: number },
): Promise<WaitingRow[]> {
  const { rows } = await db.query<WaitingRow>(
    `select w.*, (select e.id from entries e where e.conversation_id = w."conversationIds"[1] and e.direction = 'inbound'
         order by e.sort_at desc, e.id desc limit 1) as "lastEntryId"
     from (
       select c.card_id as "cardId", min(v.waiting_since) as "waitingSince", array_agg(v.id order by v.last_entry_at desc, v.id) as "conversationIds"
       ${waiting(actor)} and $1::uuid is not null and ${inScope[filter.scope]} and ($2::uuid is null or v.channel_id = $2)
       group by c.card_id
       having $3::timestamptz is null or (min(v.waiting_since), c.card_id) > ($3, $4::uuid)
       order by min(v.waiting_since), c.card_id limit $5
     ) w order by w."waitingSince", w."cardId"`,
    [actor.id, filter.channelId ?? null, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
  )
  return rows
}

/** How many clients wait, by scope. */
export async function countWaiting(db: Queryable, actor: Actor): Promise<Record<WaitingScope, number>> {
  const { rows } = await db.query<Record<WaitingScope, number>>(
    `select count(distinct c.card_id) filter (where ${isMine})::int as mine, count(distinct c.card_id) filter (where ${isMyTeams})::int as team,
       count(distinct c.card_id)::int as "all" ${waiting(actor)} and $1::uuid is not null`,
    [actor.id],
  )
  return rows[0] ?? { mine: 0, team: 0, all: 0 }
}
