import type { Queryable } from '../database/pool.ts'
import type { ConversationView } from './conversation.ts'

interface ConversationRow extends Omit<ConversationView, 'waitingSince' | 'dueAt' | 'snoozedUntil' | 'lastEntryAt' | 'createdAt' | 'participants'> {
  waitingSince: Date | null
  dueAt: Date | null
  snoozedUntil: Date | null
  lastEntryAt: Date
  createdAt: Date
  participants: ConversationView['participants'] | null
}

const query = {
  name: 'present-conversations',
  text: `
    select v.id, v.contact_id as "contactId", coalesce(c.card_id, v.contact_id) as "cardId", v.channel_id as "channelId", v.medium, v.subject,
      case when v.state = 'closed' then 'closed' when v.waiting_since is null then 'open' else 'waiting' end as state,
      v.assignee_id as "assigneeId", v.team_id as "teamId", v.our_address as "ourAddress", v.waiting_since as "waitingSince", v.due_at as "dueAt",
      v.snoozed_until as "snoozedUntil",
      v.last_entry_at as "lastEntryAt", v.created_at as "createdAt",
      (select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'name', p.name) order by i.kind, i.value)
        from participants p join identities i on i.id = p.identity_id where p.conversation_id = v.id) as participants
    from conversations v left join contacts c on c.id = v.contact_id
    where v.id = any($1::uuid[])`,
}

/** Conversations in the outside shape, in the order of `ids`; ids that do not exist are left out. One query for all. */
export async function presentConversations(db: Queryable, ids: string[]): Promise<ConversationView[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<ConversationRow>(query, [ids])
  const byId = new Map(rows.map((row) => [row.id, present(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function present(row: ConversationRow): ConversationView {
  return {
    ...row,
    participants: row.participants ?? [],
    waitingSince: row.waitingSince?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    lastEntryAt: row.lastEntryAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  }
}
