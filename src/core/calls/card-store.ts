import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'

/** The exchange that a contact has on the channel of a call; opened where there is none. */
export async function conversationFor(tx: Transaction, callId: string, contactId: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, team_id, our_address, last_entry_at)
     select $3::uuid, $2::uuid, k.channel_id, e.medium, 'contact:' || $2::uuid::text, v.team_id, v.our_address, k.started_at
     from calls k join entries e on e.id = k.entry_id left join conversations v on v.id = k.conversation_id where k.id = $1
     on conflict (channel_id, thread_key) do update set last_entry_at = greatest(conversations.last_entry_at, excluded.last_entry_at) returning id`,
    [callId, contactId, newId()],
  )
  return rows[0]?.id ?? ''
}

export interface CallPlace {
  contactId: string
  conversationId: string
  entryId: string
}

/** Puts one call on a card with all that hangs on it: its entry, the tasks promised in it, the leads it opened. Gives the ids of those leads and tasks. */
export async function moveCall(tx: Transaction, callId: string, to: CallPlace): Promise<{ leadIds: string[]; taskIds: string[] }> {
  await tx.query('update calls set contact_id = $2, conversation_id = $3, updated_at = now() where id = $1', [
    callId,
    to.contactId,
    to.conversationId,
  ])
  await tx.query(
    `update entries set contact_id = $2, conversation_id = $3,
       match = jsonb_build_object('reason', 'moved', 'evidence', 'manual', 'identity', match -> 'identity') where id = $1`,
    [to.entryId, to.contactId, to.conversationId],
  )
  const tasks = await tx.query<{ id: string }>('update tasks set contact_id = $2, updated_at = now() where call_id = $1 returning id', [
    callId,
    to.contactId,
  ])
  const leads = await tx.query<{ id: string }>(
    `update leads set contact_id = $2, updated_at = now() where first_touch ->> 'entryId' = $1::text and contact_id <> $2 returning id`,
    [to.entryId, to.contactId],
  )
  return { leadIds: leads.rows.map(({ id }) => id), taskIds: tasks.rows.map(({ id }) => id) }
}

/** After a call has left: an exchange in which nothing is left waits for nobody. */
export async function settleLeft(tx: Transaction, conversationId: string): Promise<void> {
  await tx.query(
    `update conversations set state = 'closed', waiting_since = null where id = $1 and not exists (select from entries where conversation_id = $1)`,
    [conversationId],
  )
}
