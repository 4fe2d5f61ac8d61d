import type { Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

export interface MovableEntry {
  id: string
  contactId: string | null
  conversationId: string | null
  /** The identity by which it came to its card. */
  identityId: string | null
}

export interface MovableConversation {
  id: string
  contactId: string
  channelId: string
  threadKey: string
}

/** Throws `not_found`. */
export async function lockEntry(tx: Transaction, id: string): Promise<MovableEntry> {
  const { rows } = await tx.query<MovableEntry>(
    `select e.id, e.contact_id as "contactId", e.conversation_id as "conversationId",
       (select i.id from identities i where i.kind = e.match->'identity'->>'kind' and i.value = e.match->'identity'->>'value') as "identityId"
     from entries e where e.id = $1 for update of e`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such entry.')
  return found
}

/** Throws `not_found`. */
export async function lockConversation(tx: Transaction, id: string): Promise<MovableConversation> {
  const { rows } = await tx.query<MovableConversation>(
    `select id, contact_id as "contactId", channel_id as "channelId", thread_key as "threadKey" from conversations where id = $1 for update`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such conversation.')
  return found
}

/** The conversation that a contact has already on a channel under a thread key. */
export async function findByThread(tx: Transaction, channelId: string, threadKey: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>('select id from conversations where channel_id = $1 and thread_key = $2 for update', [
    channelId,
    threadKey,
  ])
  return rows[0]?.id
}

export async function renameConversation(tx: Transaction, id: string, contactId: string, threadKey: string): Promise<void> {
  await tx.query('update conversations set contact_id = $2, thread_key = $3 where id = $1', [id, contactId, threadKey])
}

/** Pours one conversation into another; the emptied one stays, closed, so that what names it still finds it. */
export async function joinConversations(tx: Transaction, fromId: string, intoId: string): Promise<void> {
  await tx.query(
    `update conversations v set last_entry_at = greatest(v.last_entry_at, f.last_entry_at), waiting_since = least(v.waiting_since, f.waiting_since),
       state = case when f.state = 'closed' then v.state else 'open' end, assignee_id = coalesce(v.assignee_id, f.assignee_id)
     from conversations f where v.id = $2 and f.id = $1`,
    [fromId, intoId],
  )
  await tx.query(`update conversations set state = 'closed', waiting_since = null where id = $1`, [fromId])
  await tx.query(
    'insert into participants (conversation_id, identity_id, name) select $2, identity_id, name from participants where conversation_id = $1 on conflict do nothing',
    [fromId, intoId],
  )
}

/** Hands entries of one contact to another, with the reason for people, and the calls they show; gives their ids. */
export async function moveEntries(
  tx: Transaction,
  move: { entryId: string; conversationId: string | null; intoConversationId: string | null; fromId: string | null; toId: string },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update entries set contact_id = $4, conversation_id = $3,
       match = jsonb_build_object('reason', 'moved', 'evidence', 'manual', 'identity', match->'identity')
     where (id = $1 or conversation_id = $2) and contact_id is not distinct from $5::uuid returning id`,
    [move.entryId, move.conversationId, move.intoConversationId, move.toId, move.fromId],
  )
  const ids = rows.map((row) => row.id)
  await tx.query(
    'update calls k set contact_id = e.contact_id, conversation_id = e.conversation_id, updated_at = now() from entries e where e.id = any($1::uuid[]) and k.entry_id = e.id',
    [ids],
  )
  return ids
}

/** Leads that one of these entries opened follow them; so do all when nothing is left on the old contact. Gives their ids. */
export async function moveLeads(tx: Transaction, move: { entryIds: string[]; fromId: string; toId: string }): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update leads set contact_id = $3, updated_at = now()
     where contact_id = $2 and (first_touch->>'entryId' = any($1::text[]) or not exists (select 1 from entries where contact_id = $2)) returning id`,
    [move.entryIds, move.fromId, move.toId],
  )
  return rows.map((row) => row.id)
}

/** Tasks follow the lead or the call they are of, and a conversation that went as a whole. Gives their ids. */
export async function moveTasks(
  tx: Transaction,
  move: { entryIds: string[]; leadIds: string[]; conversationId: string | null; intoConversationId: string | null; toId: string },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update tasks t set contact_id = $5, conversation_id = case when t.conversation_id = $3 then $4 else t.conversation_id end, updated_at = now()
     where t.lead_id = any($2::uuid[]) or t.call_id in (select id from calls where entry_id = any($1::uuid[]))
       or (t.conversation_id = $3 and exists (select from conversations where id = $4 and contact_id = $5)) returning id`,
    [move.entryIds, move.leadIds, move.conversationId, move.intoConversationId, move.toId],
  )
  return rows.map((row) => row.id)
}

/** The latest touch of both cards after a move. */
export async function refreshLastTouch(tx: Transaction, contactIds: string[]): Promise<void> {
  await tx.query(
    `update contacts c set last_touch_at = coalesce((select max(sort_at) from entries e where e.contact_id = c.id and e.direction is not null), c.created_at)
     where c.id = any($1::uuid[])`,
    [contactIds],
  )
}
