import type { Queryable, Transaction } from '../database/pool.ts'
import type { Place } from '../realtime/live-event.ts'

export interface LockedConversation {
  id: string
  contactId: string
  channelId: string
  medium: string
  subject: string | null
  ourAddress: string | null
  lastEntryAt: Date
}

/** Locked until the transaction ends: whoever adds to a conversation does so one after the other. */
export async function lockConversation(tx: Transaction, id: string): Promise<LockedConversation | undefined> {
  const { rows } = await tx.query<LockedConversation>(
    `select id, contact_id as "contactId", channel_id as "channelId", medium, subject, our_address as "ourAddress", last_entry_at as "lastEntryAt"
     from conversations where id = $1 for update`,
    [id],
  )
  return rows[0]
}

/** Ids of entries that the client or somebody else than `author` added behind a place of the live stream. */
export async function readUnseenEntries(tx: Transaction, conversationId: string, seen: Place, author: string | null): Promise<string[]> {
  const { rows } = await tx.query<{ subject_id: string }>(
    `select subject_id from live_events where conversation_id = $1 and (transaction_id, id) > ($2::bigint, $3::bigint) and type = 'entry.created'
       and payload ->> 'direction' is not null and (payload ->> 'direction' = 'inbound' or payload ->> 'authorId' is distinct from $4)
       and coalesce(payload -> 'extra' ->> 'backfill', 'false') <> 'true'
     order by transaction_id, id limit 100`,
    [conversationId, seen.transactionId.toString(), seen.id.toString(), author],
  )
  return rows.map((row) => row.subject_id)
}

export interface Recipient {
  kind: string
  value: string
}

/**
 * Whom a reply reaches, best first: the person who wrote last in this conversation (machines are not answered), then its participants, its
 * own contact before others, then the other identities of the contact; always of a kind the channel can write to.
 */
export async function readRecipients(db: Queryable, conversation: LockedConversation, kinds: string[]): Promise<Recipient[]> {
  const { rows } = await db.query<Recipient>(
    `select kind, value from (
       (select match -> 'identity' ->> 'kind' as kind, match -> 'identity' ->> 'value' as value, 1 as place, null::timestamptz as since from entries
         where conversation_id = $1 and direction = 'inbound' and automatic is null and match -> 'identity' ->> 'kind' = any($3)
         order by sort_at desc, id desc limit 1)
       union all
       select i.kind, i.value, case when ci.contact_id is null then 3 else 2 end, ci.since from participants p join identities i on i.id = p.identity_id
         left join contact_identities ci on ci.identity_id = i.id and ci.contact_id = $2 and ci.until is null
         where p.conversation_id = $1 and i.kind = any($3)
       union all
       select i.kind, i.value, 4, ci.since from contact_identities ci join identities i on i.id = ci.identity_id
         where ci.contact_id = $2 and ci.until is null and i.kind = any($3)
     ) found order by place, array_position($3, kind), since desc nulls last, value`,
    [conversation.id, conversation.contactId, kinds],
  )
  return rows
}

/** Who else takes part, of a kind the channel can write to. Our own addresses are no participants. */
export async function readOtherParticipants(db: Queryable, conversationId: string, to: Recipient, kinds: string[]): Promise<Recipient[]> {
  const { rows } = await db.query<Recipient>(
    `select i.kind, i.value from participants p join identities i on i.id = p.identity_id
     where p.conversation_id = $1 and i.kind = any($2) and (i.kind, i.value) <> ($3, $4) order by i.kind, i.value`,
    [conversationId, kinds, to.kind, to.value],
  )
  return rows
}

/** The vendor's ids of the last 50 messages of a conversation, oldest first. */
export async function readReferences(db: Queryable, conversationId: string): Promise<string[]> {
  const { rows } = await db.query<{ external_id: string }>(
    `select external_id from (select external_id, sort_at, id from entries where conversation_id = $1 and external_id is not null
     order by sort_at desc, id desc limit 50) last order by sort_at, id`,
    [conversationId],
  )
  return rows.map((row) => row.external_id)
}

/** When the client last said something himself, as the vendor tells it; a reaction or a receipt is nothing said. */
export async function readLastInbound(db: Queryable, conversationId: string): Promise<Date | undefined> {
  const { rows } = await db.query<{ sort_at: Date }>(
    `select sort_at from entries where conversation_id = $1 and direction = 'inbound' and automatic is null order by sort_at desc, id desc limit 1`,
    [conversationId],
  )
  return rows[0]?.sort_at
}

/** External id of a message of this conversation. */
export async function readExternalId(db: Queryable, conversationId: string, entryId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ external_id: string | null }>('select external_id from entries where id = $1 and conversation_id = $2', [
    entryId,
    conversationId,
  ])
  return rows[0]?.external_id ?? undefined
}

export interface UploadedFile {
  id: string
  name: string
  type: string
  size: number
}

/** Gives uploaded files to a message, in the given order. Returns those that exist, are ready and belong to no message yet. */
export async function takeUploads(tx: Transaction, entryId: string, attachmentIds: string[]): Promise<UploadedFile[]> {
  const { rows } = await tx.query<UploadedFile & { position: number }>(
    `update attachments set entry_id = $1, position = array_position($2::uuid[], id) - 1
     where id = any($2::uuid[]) and entry_id is null and template_id is null and state = 'ready' returning id, name, type, size, position`,
    [entryId, attachmentIds],
  )
  return rows.sort((a, b) => a.position - b.position).map(({ id, name, type, size }) => ({ id, name, type, size }))
}

export interface NewEntry {
  id: string
  kind: 'message' | 'note'
  direction: 'outbound' | 'internal'
  status: 'queued' | null
  authorId: string | null
  to: string | null
  from: string | null
  subject: string | null
  text: string
  outgoing: object | null
  /** What people see besides the text. */
  extra?: object | null
  automatic: string | null
  at: Date
  sortAt: Date
}

export async function insertEntry(tx: Transaction, conversation: LockedConversation, entry: NewEntry): Promise<void> {
  await tx.query(
    `insert into entries (id, kind, medium, direction, status, channel_id, conversation_id, contact_id, author_id, from_value, to_value, subject, text, outgoing, automatic,
       occurred_at, received_at, sort_at, extra) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17, $18)`,
    [
      entry.id,
      entry.kind,
      conversation.medium,
      entry.direction,
      entry.status,
      conversation.channelId,
      conversation.id,
      conversation.contactId,
      entry.authorId,
      entry.from,
      entry.to,
      entry.subject,
      entry.text,
      entry.outgoing === null ? null : JSON.stringify(entry.outgoing),
      entry.automatic,
      entry.at,
      entry.sortAt,
      entry.extra ? JSON.stringify(entry.extra) : null,
    ],
  )
}

export interface NewPart {
  id: string
  data: unknown
  attachmentIds: string[]
}

export async function insertParts(tx: Transaction, conversation: LockedConversation, entryId: string, parts: NewPart[]): Promise<void> {
  for (const [position, part] of parts.entries()) {
    await tx.query(
      'insert into outbox (id, entry_id, channel_id, conversation_id, position, data, attachment_ids) values ($1, $2, $3, $4, $5, $6, $7)',
      [part.id, entryId, conversation.channelId, conversation.id, position, JSON.stringify(part.data), part.attachmentIds],
    )
  }
}

/** The client is answered: he no longer waits; a closed conversation is open again. A note and what no person wrote change neither. */
export async function touchConversation(tx: Transaction, conversation: LockedConversation, sortAt: Date, isAnswer: boolean): Promise<void> {
  await tx.query(
    `update conversations set last_entry_at = greatest(last_entry_at, $2), waiting_since = case when $3 then null else waiting_since end,
       state = case when $3 then 'open' else state end where id = $1`,
    [conversation.id, sortAt, isAnswer],
  )
  if (isAnswer) await tx.query('update contacts set last_touch_at = greatest(last_touch_at, $2) where id = $1', [conversation.contactId, sortAt])
}

export interface ReachableIdentity extends Recipient {
  identityId: string
  /** The contact of the card that owns it: traffic goes there. */
  contactId: string
}

/** The identities of a card, merged contacts included, that a channel of these kinds can write to, best kind first. */
export async function readReachable(db: Queryable, contactId: string, kinds: string[]): Promise<ReachableIdentity[]> {
  const { rows } = await db.query<ReachableIdentity>(
    `select i.id as "identityId", i.kind, i.value, ci.contact_id as "contactId" from contacts asked
     join contacts c on c.card_id = asked.card_id
     join contact_identities ci on ci.contact_id = c.id and ci.owning and ci.until is null
     join identities i on i.id = ci.identity_id and i.kind = any($2)
     where asked.id = $1 order by array_position($2, i.kind), ci.since desc, i.value`,
    [contactId, kinds],
  )
  return rows
}

/** Opens a conversation unless there is one by that key. Returns its id, locked. */
export async function openConversation(
  tx: Transaction,
  wanted: {
    id: string
    contactId: string
    channelId: string
    medium: string
    threadKey: string
    subject: string | null
    teamId: string | null
    identityId: string
  },
): Promise<string> {
  await tx.query(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, subject, team_id, last_entry_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) on conflict (channel_id, thread_key) do nothing`,
    [wanted.id, wanted.contactId, wanted.channelId, wanted.medium, wanted.threadKey, wanted.subject, wanted.teamId],
  )
  const { rows } = await tx.query<{ id: string }>('select id from conversations where channel_id = $1 and thread_key = $2 for update', [
    wanted.channelId,
    wanted.threadKey,
  ])
  const id = rows[0]?.id ?? wanted.id
  await tx.query('insert into participants (conversation_id, identity_id) values ($1, $2) on conflict do nothing', [id, wanted.identityId])
  return id
}
