import { visitorKind } from '../connector/visitors.ts'
import type { Queryable } from '../database/pool.ts'

/** A place in a visitor's history. */
export type Place = [sortAt: string, id: string]

export interface VisitorRow {
  id: string
  direction: 'inbound' | 'outbound'
  status: string | null
  text: string
  externalId: string | null
  author: string | null
  sortAt: Date
  files: { id: string; name: string; type: string; size: number | null; state: string }[] | null
}

/**
 * Whatever he sees stands in a conversation that is his own by name, never by card: a typed e-mail may bring his words to somebody's card, and must not
 * bring that card's history to him. What we wrote counts only when it was addressed to him.
 */
const his = `e.kind = 'message' and e.automatic is distinct from 'bounce' and e.deleted_at is null and e.conversation_id in (
    select v.id from conversations v where v.channel_id = $1 and v.thread_key in (select 'thread:' || one from unnest($2::text[]) one)
    union
    select p.conversation_id from identities i join participants p on p.identity_id = i.id join conversations v on v.id = p.conversation_id
      where i.kind = '${visitorKind}' and i.value = any($2::text[]) and v.channel_id = $1)
  and (
    (e.direction = 'inbound' and exists (select from conversations v where v.id = e.conversation_id
      and v.thread_key in (select 'thread:' || one from unnest($2::text[]) one)))
    or (e.direction = 'outbound' and e.status not in ('queued', 'failed') and e.outgoing -> 'to' ->> 'value' = any($2::text[])))`

const columns = `e.id, e.direction, e.status, e.text, e.external_id as "externalId", u.name as author, e.sort_at as "sortAt",
  (select json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'state', a.state) order by a.position, a.id)
   from attachments a where a.entry_id = e.id) as files`

/** The newest of all that this visitor of the channel wrote and was written, before a place. */
export async function selectHistory(
  db: Queryable,
  channelId: string,
  ids: string[],
  page: { before: Place | undefined; limit: number },
): Promise<VisitorRow[]> {
  const { rows } = await db.query<VisitorRow>({
    name: 'visitor history',
    text: `select ${columns} from entries e left join users u on u.id = e.author_id
      where ${his} and (e.sort_at, e.id) < (coalesce($3::timestamptz, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by e.sort_at desc, e.id desc limit $5`,
    values: [channelId, ids, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit],
  })
  return rows
}

/** What he was written behind a place, oldest first. Each of ours stands behind all before it in its conversation, so none is passed over. */
export async function selectAnswers(
  db: Queryable,
  channelId: string,
  ids: string[],
  page: { after: Place | undefined; limit: number },
): Promise<VisitorRow[]> {
  const { rows } = await db.query<VisitorRow>({
    name: 'visitor answers',
    text: `select ${columns} from entries e left join users u on u.id = e.author_id
      where ${his} and e.direction = 'outbound' and (e.sort_at, e.id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
      order by e.sort_at, e.id limit $5`,
    values: [channelId, ids, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  })
  return rows
}

/** The conversations that bear his ids. */
export async function conversationsOf(db: Queryable, channelId: string, ids: string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from conversations where channel_id = $1 and thread_key in (select 'thread:' || one from unnest($2::text[]) one) order by last_entry_at desc`,
    [channelId, ids],
  )
  return rows.map((row) => row.id)
}

/** Who is at the other end of a conversation, as far as it bears a visitor's id. */
export async function visitorOf(db: Queryable, conversationId: string): Promise<{ channelId: string; visitorId: string } | undefined> {
  const { rows } = await db.query<{ channelId: string; threadKey: string }>(
    `select channel_id as "channelId", thread_key as "threadKey" from conversations where id = $1 and thread_key ~ '^thread:[\\w-]{8,64}$'`,
    [conversationId],
  )
  const [found] = rows
  return found && { channelId: found.channelId, visitorId: found.threadKey.slice('thread:'.length) }
}

/** A file of a message that went through a channel either way; whoever asks has shown that he was given its address. */
export async function selectVisitorFile(
  db: Queryable,
  channelId: string,
  id: string,
): Promise<{ name: string; type: string; size: number; file: string } | undefined> {
  const { rows } = await db.query<{ name: string; type: string; size: number; file: string }>(
    `select a.name, a.type, a.size, a.file from attachments a join entries e on e.id = a.entry_id
     where a.id = $2::uuid and e.channel_id = $1 and e.kind = 'message' and e.deleted_at is null and a.state = 'ready' and a.file is not null and a.size is not null`,
    [channelId, id],
  )
  return rows[0]
}
