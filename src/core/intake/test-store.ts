import { tablesNaming } from '../contacts/delete-cards.ts'
import type { Transaction } from '../database/pool.ts'
import type { HangingReason } from './test-deliveries.ts'

export interface TestDelivery {
  id: string
  channelId: string
  status: string
  test: boolean | null
  removedAt: Date | null
}

/** Locked until the transaction ends. */
export async function lockTest(tx: Transaction, id: string): Promise<TestDelivery | undefined> {
  const { rows } = await tx.query<TestDelivery>(
    `select id, channel_id as "channelId", status, test, removed_at as "removedAt" from deliveries where id = $1 for update`,
    [id],
  )
  return rows[0]
}

export interface MadeEntry {
  id: string
  kind: string
  contactId: string | null
  conversationId: string | null
}

/** What a delivery put on cards. */
export async function entriesOf(tx: Transaction, deliveryId: string): Promise<MadeEntry[]> {
  const { rows } = await tx.query<MadeEntry>(
    `select id, kind, contact_id as "contactId", conversation_id as "conversationId" from entries where delivery_id = $1 order by sort_at, id`,
    [deliveryId],
  )
  return rows
}

/** Names under which applying locks everybody on these cards, sorted. */
export async function lockNamesOf(tx: Transaction, contactIds: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ kind: string; value: string }>(
    `select distinct i.kind, i.value from contact_identities ci join identities i on i.id = ci.identity_id where ci.contact_id = any($1::uuid[])`,
    [contactIds],
  )
  return rows.map(({ kind, value }) => `identity ${kind}\u0001${value}`).sort()
}

/** What of people hangs on these entries: then nothing is taken away. Events that the hub itself noted are no hindrance. */
export async function findHindrance(tx: Transaction, deliveryId: string, entries: MadeEntry[]): Promise<HangingReason | null> {
  if (entries.some((entry) => entry.kind === 'call')) return 'call'
  const conversations = entries.flatMap((entry) => entry.conversationId ?? [])
  const { rows } = await tx.query<{ reason: HangingReason }>(
    `select 'answered' as reason, 1 as position where exists (select from outbox where conversation_id = any($1::uuid[]))
       or exists (select from entries e where e.conversation_id = any($1::uuid[]) and e.direction = 'outbound')
     union all select 'task', 2 where exists (select from tasks where conversation_id = any($1::uuid[]))
     union all select 'written', 3 where exists (select from drafts where conversation_id = any($1::uuid[]))
       or exists (select from scheduled_messages where conversation_id = any($1::uuid[]))
       or exists (select from entries e where e.conversation_id = any($1::uuid[]) and e.kind = 'note')
     union all select 'goes_on', 4 where exists (select from entries e where e.conversation_id = any($1::uuid[])
       and e.delivery_id is distinct from $2 and not (e.kind = 'event' and e.delivery_id is null))
     order by position limit 1`,
    [conversations, deliveryId],
  )
  return rows[0]?.reason ?? null
}

/** The entries with their conversations and all that is theirs alone. Gives the files that no row names any more. */
export async function deleteEntries(tx: Transaction, deliveryId: string, entries: MadeEntry[]): Promise<string[]> {
  const conversations = [...new Set(entries.flatMap((entry) => entry.conversationId ?? []))]
  const { rows } = await tx.query<{ id: string }>('select id from entries where delivery_id = $1 or conversation_id = any($2::uuid[])', [
    deliveryId,
    conversations,
  ])
  const ids = rows.map(({ id }) => id)
  const files = await tx.query<{ file: string }>(`delete from attachments where entry_id = any($1::uuid[]) returning file`, [ids])
  for (const table of ['entry_versions', 'external_ids', 'rule_firings', 'opt_outs'])
    await tx.query(`delete from "${table}" where entry_id = any($1::uuid[])`, [ids])
  await tx.query('delete from participants where conversation_id = any($1::uuid[])', [conversations])
  await tx.query('delete from entries where id = any($1::uuid[])', [ids])
  await tx.query('delete from conversations where id = any($1::uuid[])', [conversations])
  const named = files.rows.flatMap(({ file }) => file ?? [])
  const { rows: unnamed } = await tx.query<{ file: string }>(
    'select distinct f.file from unnest($1::text[]) as f(file) where not exists (select from attachments a where a.file = f.file)',
    [named],
  )
  return unnamed.map(({ file }) => file)
}

/** Leads of these entries alone go, unless somebody works on them; of others the first and last touch are found anew. */
export async function takeBackLeads(tx: Transaction, entryIds: string[]): Promise<{ removed: number; worked: number }> {
  const gone = await tx.query(
    `delete from leads l where l.first_touch ->> 'entryId' = any($1::text[]) and l.last_touch ->> 'entryId' = any($1::text[])
       and l.status = 'new' and not exists (select from tasks t where t.lead_id = l.id)`,
    [entryIds],
  )
  const worked = await tx.query(
    `select from leads l where l.first_touch ->> 'entryId' = any($1::text[]) and l.last_touch ->> 'entryId' = any($1::text[])`,
    [entryIds],
  )
  await tx.query(
    `with named as (select id, contact_id, lower(trim(topic)) as topic from leads
       where (first_touch ->> 'entryId' = any($1::text[])) <> (last_touch ->> 'entryId' = any($1::text[]))),
     touches as (select n.id, e.sort_at, jsonb_build_object('at', to_char(e.sort_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'source', e.source, 'entryId', e.id, 'channelId', e.channel_id) as touch
       from named n join entries e on e.contact_id = n.contact_id and e.kind = 'form' and lower(trim(left(coalesce(e.subject, ''), 300))) = n.topic)
     update leads l set updated_at = now(),
       first_touch = case when l.first_touch ->> 'entryId' = any($1::text[]) then (select touch from touches t where t.id = l.id order by sort_at limit 1) else l.first_touch end,
       source = case when l.first_touch ->> 'entryId' = any($1::text[]) then (select touch -> 'source' from touches t where t.id = l.id order by sort_at limit 1) else l.source end,
       created_at = case when l.first_touch ->> 'entryId' = any($1::text[]) then (select min(sort_at) from touches t where t.id = l.id) else l.created_at end,
       last_touch = case when l.last_touch ->> 'entryId' = any($1::text[]) then (select touch from touches t where t.id = l.id order by sort_at desc limit 1) else l.last_touch end
     where exists (select from touches t where t.id = l.id)`,
    [entryIds],
  )
  return { removed: gone.rowCount ?? 0, worked: worked.rowCount ?? 0 }
}

/** Of these cards those that tests made: in the very transaction that applied one. */
export async function cardsOfTests(tx: Transaction, ids: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from contacts where id = any($1::uuid[]) and created_at in (select applied_at from deliveries where test)',
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** Of these cards those on which nothing else is: no row anywhere names them but what the hub made of itself. */
export async function findEmptyCards(tx: Transaction, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  await tx.query('select from contacts where id = any($1::uuid[]) order by id for update', [ids])
  const ofTheCard = new Set(['contact_identities', 'contact_pictures', 'live_events', 'untouched'])
  const tables = (await tablesNaming(tx, 'contact_id')).filter((table) => !ofTheCard.has(table))
  const hanging = [
    ...tables.map((table) => `select contact_id as id from "${table}" where contact_id = any($1::uuid[])`),
    'select from_id from merges where from_id = any($1::uuid[])',
    'select into_id from merges where into_id = any($1::uuid[])',
    `select contact_id from contact_identities where contact_id = any($1::uuid[]) and evidence = 'manual'`,
    'select id from contacts where id = any($1::uuid[]) and company_id is not null',
  ].join(' union all ')
  const { rows } = await tx.query<{ id: string }>(`select id from unnest($1::uuid[]) as given(id) where id not in (${hanging})`, [ids])
  return rows.map(({ id }) => id)
}

/** What the hub noted of cards that go. */
export async function forgetCards(tx: Transaction, ids: string[]): Promise<void> {
  for (const table of ['untouched', 'contact_pictures']) await tx.query(`delete from "${table}" where contact_id = any($1::uuid[])`, [ids])
}

/**
 * Cards that were there before: when they were last touched, what was taken for the same person, and addresses that came with tests alone: those were
 * linked in the very transaction that applied one.
 */
export async function settleOldCards(tx: Transaction, delivery: TestDelivery, ids: string[]): Promise<{ links: string[]; used: number }> {
  await tx.query(
    `update contacts c set updated_at = now(), last_touch_at = coalesce((select max(e.sort_at) from entries e where e.contact_id = c.id and e.direction is not null), c.created_at)
     where c.id = any($1::uuid[])`,
    [ids],
  )
  await tx.query(`delete from merge_suggestions where status = 'open' and reasons -> 0 ->> 'deliveryId' = $1`, [delivery.id])
  const { rows } = await tx.query<{ identityId: string; isUsed: boolean }>(
    `select ci.identity_id as "identityId", exists (select from entries e left join deliveries d on d.id = e.delivery_id
         where e.contact_id = ci.contact_id and e.match #>> '{identity,value}' = i.value and d.test is not true) as "isUsed"
     from contact_identities ci join identities i on i.id = ci.identity_id
     where ci.contact_id = any($1::uuid[]) and ci.evidence <> 'manual' and ci.since in (select applied_at from deliveries where test)
       and not exists (select from entries e join deliveries d on d.id = e.delivery_id where e.contact_id = ci.contact_id and d.applied_at = ci.since and d.test is not true)`,
    [ids],
  )
  const links = rows.filter(({ isUsed }) => !isUsed).map(({ identityId }) => identityId)
  await tx.query('delete from contact_identities where contact_id = any($1::uuid[]) and identity_id = any($2::uuid[])', [ids, links])
  return { links, used: rows.length - links.length }
}

/** The delivery stays in the log, bytes and all, and says that it made nothing; a replay finds its events and leaves them so. */
export async function settleRemoved(tx: Transaction, id: string, reason: string): Promise<void> {
  await tx.query(`update delivery_events set status = 'ignored', reason = $2, entry_id = null where delivery_id = $1`, [id, reason])
  await tx.query('delete from waiting_events where delivery_id = $1', [id])
  await tx.query('delete from quarantine where delivery_id = $1 and released_at is null', [id])
  await tx.query(`update deliveries set removed_at = now(), status = 'ignored', reason = $2 where id = $1`, [id, reason])
}
