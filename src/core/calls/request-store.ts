import type { LoadedChannel } from '../channels/channel.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Queryable, type Transaction } from '../database/pool.ts'
import { lockNames } from '../intake/apply/lock.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { CallFactAt } from './call.ts'
import { callLock } from './call-lock.ts'
import { callNews, joinNews } from './call-news.ts'
import { joinCalls, storedCalls } from './call-store.ts'
import { requestName } from './request-name.ts'
import { saveCalls } from './save-calls.ts'

/** The number by which a channel's PBX rings a user; undefined: he has none. */
export async function numberOfUser(db: Queryable, userId: string, channelId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ value: string }>(
    `select value from user_numbers where user_id = $1 and (channel_id is null or channel_id = $2) order by channel_id nulls last, id limit 1`,
    [userId, channelId],
  )
  return rows[0]?.value
}

/** Which contact of a card has this phone; undefined: none. */
export async function phoneOfCard(db: Queryable, cardId: string, phone: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `select c.id from contacts c join contact_identities ci on ci.contact_id = c.id and ci.until is null join identities i on i.id = ci.identity_id
     where c.card_id = $1 and i.kind = 'phone' and i.value = $2 order by ci.owning desc, c.id limit 1`,
    [cardId, phone],
  )
  return rows[0]?.id
}

export interface NewRequest {
  id: string
  channel: LoadedChannel
  contactId: string
  userId: string | null
  user: string
  to: string
}

/** The wish to call is a call already: on the card at once, under its own name until the vendor has one for it. */
export async function insertRequest(tx: Transaction, request: NewRequest): Promise<void> {
  const { id, channel, contactId, user, to } = request
  const at = new Date().toISOString()
  const name = requestName(id)
  const fact: CallFactAt = { key: name, callId: name, fact: 'started', direction: 'outbound', callee: to, caller: user, requestId: id, at }
  const entryId = newId()
  const medium = channel.media[0] ?? 'voice'
  const conversation = await tx.query<{ id: string }>(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, last_entry_at) values ($1, $2, $3, $4, $6, $5)
     on conflict (channel_id, thread_key) do update set last_entry_at = greatest(conversations.last_entry_at, excluded.last_entry_at) returning id`,
    [newId(), contactId, channel.id, medium, at, `contact:${contactId}`],
  )
  const conversationId = conversation.rows[0]?.id ?? null
  await tx.query(
    `insert into entries (id, kind, medium, direction, channel_id, conversation_id, contact_id, author_id, call_id, event_key, from_value, to_value, occurred_at, received_at, sort_at)
     values ($1, 'call', $2, 'outbound', $3, $4, $5, $6, $7, 'call:' || $8::text, $9, $10, $11, $11, $11)`,
    [entryId, medium, channel.id, conversationId, contactId, request.userId, id, name, user, to, at],
  )
  await tx.query(
    `insert into calls (id, channel_id, contact_id, conversation_id, entry_id, direction, state, from_value, to_value, started_at, user_id)
     values ($1, $2, $3, $4, $5, 'outbound', 'ringing', $6, $7, $8, $9)`,
    [id, channel.id, contactId, conversationId, entryId, user, to, at, request.userId],
  )
  await tx.query('insert into call_ids (channel_id, external_id, call_id) values ($1, $2, $3)', [channel.id, name, id])
  await insertFact(tx, channel.id, id, fact)
}

/** The vendor said what it calls the call; its events may have come first. */
export async function nameRequest(pool: Pool, { channelId, id, name }: { channelId: string; id: string; name: string }): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await lockNames(tx, [name, requestName(id)].map((one) => callLock(channelId, one)).sort())
    const stored = await storedCalls(tx, [
      { channelId, name },
      { channelId, name: requestName(id) },
    ])
    const into = stored.find((call) => call.id === id)
    const joined = stored
      .filter((call) => call.id !== id)
      .map((call) => ({ from: call.id, into: id, contactId: into?.contactId ?? null, entryId: into?.entryId ?? null }))
    await joinCalls(tx, joined)
    await appendLiveEvents(tx, joinNews(joined))
    await tx.query(
      `insert into call_ids (channel_id, external_id, call_id) values ($1, $2, $3) on conflict (channel_id, external_id) do update set call_id = excluded.call_id`,
      [channelId, name, id],
    )
    await saveAgain(tx, channelId, id)
  })
}

/** The vendor refused: nothing rang. */
export async function failRequest(pool: Pool, id: string, channelId: string): Promise<void> {
  const name = requestName(id)
  const fact: CallFactAt = { key: `${name}:failed`, callId: name, fact: 'ended', outcome: 'failed', at: new Date().toISOString() }
  await inTransaction(pool, async (tx) => {
    await insertFact(tx, channelId, id, fact)
    await saveAgain(tx, channelId, id)
  })
}

async function saveAgain(tx: Transaction, channelId: string, id: string): Promise<void> {
  await saveCalls(tx, await storedCalls(tx, [{ channelId, name: requestName(id) }]))
  await appendLiveEvents(tx, await callNews(tx, [id]))
}

export async function insertFact(tx: Transaction, channelId: string, callId: string, fact: CallFactAt): Promise<void> {
  await tx.query('insert into call_events (channel_id, key, call_id, fact) values ($1, $2, $3, $4) on conflict do nothing', [
    channelId,
    fact.key,
    callId,
    JSON.stringify(fact),
  ])
}
