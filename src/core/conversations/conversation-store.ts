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
export async function requireConversation(
  db: Queryable,
  actor: Actor,
  id: string,
): Promise<{ contactId: string; channelId: string; medium: string }> {
  const { rows } = await db.query<{ contactId: string; channelId: string; medium: string }>(
    `select v.contact_id as "contactId", v.channel_id as "channelId", v.medium from conversations v join contacts c on c.id = v.contact_id
     where v.id = $1 and ${visibleCard(actor, 'c.card_id')}`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such conversation.')
  return found
}

export async function closeConversation(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update conversations set state = 'closed', waiting_since = null, snoozed_until = null, route_at = null, handled_at = now() where id = $1`,
    [id],
  )
}

export async function reopenConversation(tx: Transaction, id: string): Promise<void> {
  await tx.query(`update conversations set state = 'open' where id = $1`, [id])
}

/** The client no longer waits: in every conversation of the card that shows the contact. Gives those where he did, and since when. */
export async function endWaiting(tx: Transaction, contactId: string): Promise<{ id: string; waitingSince: Date }[]> {
  const { rows } = await tx.query<{ id: string; waitingSince: Date }>(
    `update conversations v set waiting_since = null, snoozed_until = null, route_at = null, handled_at = now()
     from (select o.id, o.waiting_since from conversations o join contacts m on m.id = o.contact_id
       where o.waiting_since is not null and m.card_id = (select card_id from contacts where id = $1) order by o.id for update of o) before
     where v.id = before.id returning v.id, before.waiting_since as "waitingSince"`,
    [contactId],
  )
  return rows
}

/** Puts back what the latest "waiting ended" of a conversation ended, unless it was answered or the client waits anew. Gives the ids. */
export async function restoreWaiting(tx: Transaction, id: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update conversations v set waiting_since = ended."waitingSince", state = 'open', handled_at = null
     from (select extra, sort_at from entries where conversation_id = $1 and kind = 'event' and extra ->> 'event' = 'waiting_ended'
         order by sort_at desc, id desc limit 1) event,
       jsonb_to_recordset(event.extra -> 'ended') as ended(id uuid, "waitingSince" timestamptz)
     where v.id = ended.id and v.waiting_since is null
       and not exists (select from entries e where e.conversation_id = v.id and e.direction = 'outbound' and e.sort_at > event.sort_at)
     returning v.id`,
    [id],
  )
  return rows.map((row) => row.id)
}

/** The conversation, and whatever else the card of its client waits for. Gives the ids. */
export async function snoozeOfCard(tx: Transaction, rest: { id: string; contactId: string; until: Date | null }): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update conversations set snoozed_until = $3, snoozed_at = case when $3::timestamptz is not null then now() end where id = $1 or id in (
       select o.id from conversations o join contacts m on m.id = o.contact_id
       where o.waiting_since is not null and o.state <> 'closed' and m.card_id = (select card_id from contacts where id = $2) order by o.id for update of o)
     returning id`,
    [rest.id, rest.contactId, rest.until],
  )
  return rows.map((row) => row.id)
}
