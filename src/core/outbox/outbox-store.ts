import type { Queryable, Transaction } from '../database/pool.ts'
import type { ClaimedPart, PartError, PartFile, PartState, PartStatus } from './outbox.ts'

const partColumns = `id, entry_id as "entryId", channel_id as "channelId", conversation_id as "conversationId", position, data,
  attachment_ids as "attachmentIds", attempts, sending_by as "sendingBy", created_at as "createdAt"`

const mostAtOncePerChannel = 4

/**
 * queued → sending by compare-and-set. Nothing is claimed that is not due or an hour overdue (a person decides on that), whose channel is paused or busy, or that must wait for an
 * earlier part of its message or an earlier message of its conversation.
 */
export async function claimPart(tx: Transaction, partId: string, sendingBy: number): Promise<ClaimedPart | undefined> {
  const { rows } = await tx.query<ClaimedPart>({
    name: 'claim outbox part',
    text: `update outbox part set status = 'sending', sending_since = clock_timestamp(), sending_by = $2, attempts = attempts + 1
      where id = $1 and status = 'queued' and next_attempt_at between clock_timestamp() - interval '1 hour' and clock_timestamp()
        and exists (select from channels c where c.id = part.channel_id and c.paused_at is null and c.deleted_at is null)
        and not exists (select from outbox o where o.conversation_id = part.conversation_id and o.status in ('queued', 'sending')
          and (o.entry_id, o.position) < (part.entry_id, part.position))
        and not exists (select from outbox o where o.entry_id = part.entry_id and o.position < part.position and o.status not in ('sent', 'delivered', 'read'))
        and (select count(*) from outbox o where o.channel_id = part.channel_id and o.status = 'sending') < ${mostAtOncePerChannel}
      returning ${partColumns}`,
    values: [partId, sendingBy],
  })
  return rows[0]
}

/** Names the parts that could be sent now, oldest message first: at most one per conversation. */
export async function readDueParts(db: Queryable, limit: number, within: { conversationId?: string; channelId?: string } = {}): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from outbox part where status = 'queued' and next_attempt_at <= clock_timestamp() and ($2::uuid is null or conversation_id = $2) and ($3::uuid is null or channel_id = $3)
       and not exists (select from outbox o where o.conversation_id = part.conversation_id and o.status in ('queued', 'sending')
         and (o.entry_id, o.position) < (part.entry_id, part.position))
     order by entry_id, position limit $1`,
    [limit, within.conversationId ?? null, within.channelId ?? null],
  )
  return rows.map((row) => row.id)
}

/** Locks the message whose parts are about to change: all writers of outcomes and receipts take this lock first. */
export async function lockEntry(tx: Transaction, entryId: string): Promise<void> {
  await tx.query('select from entries where id = $1 for update', [entryId])
}

export interface PartChange {
  status: PartStatus
  error: PartError | null
  waitMs?: number
  externalId?: string
}

/** Writes the outcome of one attempt, `sent_at` being when its call began: no vendor can have told of it before. False when somebody else has decided on the part since. */
export async function finishPart(tx: Transaction, part: ClaimedPart, change: PartChange): Promise<boolean> {
  const result = await tx.query(
    `update outbox set status = $4, error = $5, next_attempt_at = clock_timestamp() + make_interval(secs => $6::float8 / 1000),
       external_id = coalesce($7, external_id), sent_at = case when $4 = 'sent' then coalesce(sending_since, clock_timestamp()) else sent_at end, sending_since = null, sending_by = null
     where id = $1 and attempts = $2 and sending_by = $3 and status in ('sending', 'unconfirmed')`,
    [
      part.id,
      part.attempts,
      part.sendingBy,
      change.status,
      change.error === null ? null : JSON.stringify(change.error),
      change.waitMs ?? 0,
      change.externalId ?? null,
    ],
  )
  return result.rowCount === 1
}

/** A part whose sender is gone. Its number stays: should it live after all, it may still tell what became of the call. */
export async function loseParts(tx: Transaction, part: ClaimedPart, error: PartError): Promise<boolean> {
  const result = await tx.query(`update outbox set status = 'unconfirmed', error = $3 where id = $1 and attempts = $2 and status = 'sending'`, [
    part.id,
    part.attempts,
    JSON.stringify(error),
  ])
  return result.rowCount === 1
}

/** The same, where a second copy is no second message: it is due again. */
export async function repeatPart(tx: Transaction, part: ClaimedPart): Promise<boolean> {
  const result = await tx.query(
    `update outbox set status = 'queued', sending_since = null, sending_by = null, next_attempt_at = clock_timestamp()
     where id = $1 and attempts = $2 and status = 'sending'`,
    [part.id, part.attempts],
  )
  return result.rowCount === 1
}

/** A person's word on the parts of a message that are in one of `from`. Returns how many. A sender's late answer no longer counts. */
export async function decideParts(tx: Transaction, entryId: string, from: PartStatus[], to: PartState): Promise<number> {
  const result = await tx.query(
    `update outbox set status = $3, error = $4, attempts = attempts + 1, sending_by = null, sending_since = null, next_attempt_at = clock_timestamp(),
       sent_at = case when $3 = 'sent' then clock_timestamp() else sent_at end
     where entry_id = $1 and status = any($2)`,
    [entryId, from, to.status, to.error === null ? null : JSON.stringify(to.error)],
  )
  return result.rowCount ?? 0
}

/** Nothing queued of the channel is tried before `waitMs` from now. */
export async function holdChannel(db: Queryable, channelId: string, waitMs: number): Promise<void> {
  await db.query(
    `update outbox set next_attempt_at = greatest(next_attempt_at, clock_timestamp() + make_interval(secs => $2::float8 / 1000))
     where channel_id = $1 and status = 'queued'`,
    [channelId, waitMs],
  )
}

/** What waits on the channel may be tried at once: its settings were changed, or its pause is over. */
export async function hastenChannel(db: Queryable, channelId: string): Promise<void> {
  await db.query(`update outbox set next_attempt_at = clock_timestamp() where channel_id = $1 and status = 'queued'`, [channelId])
}

/** What stood behind a part was not overdue meanwhile. */
export async function hastenConversation(tx: Transaction, conversationId: string): Promise<void> {
  await tx.query(
    `update outbox set next_attempt_at = clock_timestamp() where conversation_id = $1 and status = 'queued' and next_attempt_at < clock_timestamp()`,
    [conversationId],
  )
}

/** The rest of a message is not sent when an earlier part was not. */
export async function failRest(tx: Transaction, entryId: string, error: PartError): Promise<void> {
  await tx.query(`update outbox set status = 'failed', error = $2 where entry_id = $1 and status = 'queued'`, [entryId, JSON.stringify(error)])
}

export async function readPartStates(tx: Transaction, entryId: string): Promise<PartState[]> {
  const { rows } = await tx.query<PartState>('select status, error from outbox where entry_id = $1 order by position', [entryId])
  return rows
}

/** Writes the message's status; says whether anything changed. */
export async function writeEntryStatus(tx: Transaction, entryId: string, state: PartState): Promise<boolean> {
  const result = await tx.query(
    'update entries set status = $2, error = $3::jsonb where id = $1 and (status, error) is distinct from ($2::text, $3::jsonb)',
    [entryId, state.status, state.error === null ? null : JSON.stringify(state.error)],
  )
  return result.rowCount === 1
}

/** Records what the vendor calls the part. An id that already names an entry is returned: it is an echo that came before our own record. */
export async function recordExternalIds(tx: Transaction, part: ClaimedPart, externalIds: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ external_id: string }>(
    `insert into external_ids (channel_id, external_id, entry_id, part_id) select $1, id, $2, $3 from unnest($4::text[]) as given(id)
     on conflict (channel_id, external_id) do nothing returning external_id`,
    [part.channelId, part.entryId, part.id, externalIds],
  )
  const recorded = new Set(rows.map((row) => row.external_id))
  await tx.query('update entries set external_id = coalesce(external_id, $2) where id = $1', [part.entryId, externalIds[0] ?? null])
  return externalIds.filter((id) => !recorded.has(id))
}

export async function readPartFiles(db: Queryable, attachmentIds: string[]): Promise<PartFile[]> {
  const { rows } = await db.query<PartFile>(
    `select id, name, type, size, file from attachments where id = any($1::uuid[]) and state = 'ready' and file is not null
     order by array_position($1::uuid[], id)`,
    [attachmentIds],
  )
  return rows
}

/**
 * Parts that a process was sending when it died: its advisory lock is free again (PostgreSQL lets go of it with the connection).
 * Nothing younger than `graceMs` is named, so that a connection that only blinked does no harm.
 */
export async function readLostParts(db: Queryable, lockSpace: number, graceMs: number): Promise<ClaimedPart[]> {
  const { rows } = await db.query<ClaimedPart>(
    `select ${partColumns} from outbox where status = 'sending' and sending_since < clock_timestamp() - make_interval(secs => $2::float8 / 1000)
       and not exists (select from pg_locks l where l.locktype = 'advisory' and l.classid::bigint = $1 and l.objid::bigint = outbox.sending_by and l.objsubid = 2
         and l.database = (select oid from pg_database where datname = current_database()) and l.granted)
     order by entry_id, position limit 500`,
    [lockSpace, graceMs],
  )
  return rows
}

/** Messages that wait on channels that are gone. */
export async function readStrandedEntries(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ entry_id: string }>(
    `select distinct entry_id from outbox join channels on channels.id = outbox.channel_id where outbox.status = 'queued' and channels.deleted_at is not null limit 500`,
  )
  return rows.map((row) => row.entry_id)
}

/** Puts a conversation back among those that wait when nothing answers what the client wrote last; says whether it did. */
export async function putBackToWaiting(tx: Transaction, conversationId: string): Promise<boolean> {
  const result = await tx.query(
    `update conversations c set waiting_since = asked.sort_at
     from (select sort_at, id from entries where conversation_id = $1 and direction = 'inbound' and automatic is null and kind in ('message', 'form')
       order by sort_at desc, id desc limit 1) asked
     where c.id = $1 and c.waiting_since is null and c.state <> 'closed'
       and not exists (select from entries e where e.conversation_id = $1 and e.direction = 'outbound' and e.status <> 'failed' and e.automatic is null
         and (e.sort_at, e.id) > (asked.sort_at, asked.id))`,
    [conversationId],
  )
  return result.rowCount === 1
}
