import type { Queryable, Transaction } from '../database/pool.ts'
import type { Certificate, Erasure, ErasureStatus } from './erasure.ts'
import type { ErasedIdentity } from './needles.ts'
import type { TableRule } from './personal-data.ts'

const columns = 'id, status, contact_ids, actor_id, asked_at, done_at, certificate, pending_files, failure'

interface Row {
  id: string
  status: ErasureStatus
  contact_ids: string[]
  actor_id: string | null
  asked_at: Date
  done_at: Date | null
  certificate: Partial<Certificate>
  pending_files: string[] | null
  failure: string | null
}

export interface StoredErasure extends Erasure {
  contactIds: string[]
  pendingFiles: string[]
}

function present(row: Row): StoredErasure {
  return {
    id: row.id,
    status: row.status,
    askedAt: row.asked_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    actorId: row.actor_id,
    certificate: row.certificate,
    failure: row.failure,
    contactIds: row.contact_ids,
    pendingFiles: row.pending_files ?? [],
  }
}

export async function insertErasure(
  db: Queryable,
  erasure: { id: string; contactIds: string[]; actorId: string | null; askedAt: Date },
): Promise<void> {
  await db.query(`insert into erasures (id, contact_ids, actor_id, asked_at) values ($1, $2, $3, $4) on conflict (id) do nothing`, [
    erasure.id,
    erasure.contactIds,
    erasure.actorId,
    erasure.askedAt,
  ])
}

export async function readErasure(db: Queryable, id: string): Promise<StoredErasure | undefined> {
  const { rows } = await db.query<Row>(`select ${columns} from erasures where id = $1`, [id])
  return rows[0] && present(rows[0])
}

export async function listErasureRows(db: Queryable, limit: number): Promise<StoredErasure[]> {
  const { rows } = await db.query<Row>(`select ${columns} from erasures order by asked_at desc, id desc limit $1`, [limit])
  return rows.map(present)
}

/** Asked for, begun or broken off: whatever is not done yet. */
export async function listUndone(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(`select id from erasures where status <> 'done' or pending_files <> '{}' order by asked_at`)
  return rows.map((row) => row.id)
}

/** What is done stays done, whatever fails behind it or begins it once more: its certificate would be lost. */
export async function noteErasure(
  db: Queryable,
  id: string,
  change: { status: ErasureStatus; certificate?: Certificate; pendingFiles?: string[]; failure?: string | null },
): Promise<void> {
  await db.query(
    `update erasures set status = case when status = 'done' then status else $2 end, certificate = coalesce($3, certificate), pending_files = coalesce($4, pending_files), failure = $5,
       done_at = case when $2 = 'done' then coalesce(done_at, now()) else done_at end where id = $1`,
    [id, change.status, change.certificate ? JSON.stringify(change.certificate) : null, change.pendingFiles ?? null, change.failure ?? null],
  )
}

/** The addresses of these cards, those of others too. */
export async function readAddressesOf(tx: Transaction, contactIds: string[]): Promise<{ kind: string; value: string }[]> {
  const { rows } = await tx.query<{ kind: string; value: string }>(
    'select distinct i.kind, i.value from contact_identities ci join identities i on i.id = ci.identity_id where ci.contact_id = any($1::uuid[])',
    [contactIds],
  )
  return rows
}

/** Without knowing how few they are, the planner would read the large tables whole. */
async function gather(
  tx: Transaction,
  name: 'contacts' | 'identities' | 'entries' | 'leads' | 'calls' | 'conversations',
  query: string,
  values: unknown[] = [],
): Promise<void> {
  await tx.query(`insert into erased_${name} ${query}`, values)
  await tx.query(`analyze erased_${name}`)
}

/** Gathers in temporary tables what is his: cards, the addresses that no other card has, entries, conversations, leads, calls. */
export async function gatherPerson(tx: Transaction, contactIds: string[]): Promise<{ identities: ErasedIdentity[]; shared: number }> {
  for (const name of ['contacts', 'identities', 'entries', 'conversations', 'leads', 'calls', 'deliveries']) {
    await tx.query(`create temporary table erased_${name} (id uuid primary key) on commit drop`)
  }
  await gather(tx, 'contacts', 'select id from contacts where id = any($1::uuid[])', [contactIds])
  await gather(tx, 'identities', 'select distinct identity_id from contact_identities where contact_id in (select id from erased_contacts)')
  const shared = await tx.query(
    `delete from erased_identities i where exists (select from contact_identities o where o.identity_id = i.id and o.until is null and o.contact_id not in (select id from erased_contacts))`,
  )
  await gather(tx, 'entries', 'select id from entries where contact_id in (select id from erased_contacts)')
  await gather(tx, 'leads', 'select id from leads where contact_id in (select id from erased_contacts)')
  await gather(
    tx,
    'calls',
    `select id from calls where contact_id in (select id from erased_contacts)
     union select call_id from entries where id in (select id from erased_entries) and call_id is not null`,
  )
  await handOverConversations(tx)
  const { rows } = await tx.query<ErasedIdentity>(
    `select i.kind, i.value, ci.raw from erased_identities e join identities i on i.id = e.id left join contact_identities ci on ci.identity_id = i.id`,
  )
  return { identities: rows, shared: shared.rowCount ?? 0 }
}

/** A thread in which others wrote too goes to who wrote last; one of his own goes with him. */
async function handOverConversations(tx: Transaction): Promise<void> {
  await tx.query(
    `update conversations v set contact_id = o.contact_id from
       (select distinct on (e.conversation_id) e.conversation_id, e.contact_id from conversations c join entries e on e.conversation_id = c.id
        where c.contact_id in (select id from erased_contacts) and e.contact_id is not null and e.contact_id not in (select id from erased_contacts)
        order by e.conversation_id, e.sort_at desc) o
     where v.id = o.conversation_id`,
  )
  await gather(tx, 'conversations', 'select id from conversations where contact_id in (select id from erased_contacts)')
}

/** Deletes his rows by one rule; gives how many, and the files they named. */
export async function deleteRows(tx: Transaction, rule: TableRule): Promise<{ count: number; files: string[] }> {
  if (!rule.rows) return { count: 0, files: [] }
  const { rows, rowCount } = await tx.query<{ file: string | null }>(
    `delete from ${rule.table} where ${rule.rows}${rule.file ? ` returning ${rule.file} as file` : ''}`,
  )
  return { count: rowCount ?? 0, files: rule.file ? rows.flatMap((row) => row.file ?? []) : [] }
}

/** Those files that no row names any more. */
export async function onlyUnnamed(tx: Transaction, files: string[], rules: readonly TableRule[]): Promise<string[]> {
  const named = rules.filter((rule) => rule.file).map((rule) => `not exists (select from ${rule.table} where ${rule.file} = given.file)`)
  const { rows } = await tx.query<{ file: string }>(`select distinct file from unnest($1::text[]) as given(file) where ${named.join(' and ')}`, [
    files,
  ])
  return rows.map((row) => row.file)
}

export interface Mention {
  place: string
  values: unknown[]
}

/** Rows of others that mention him, with the columns to rewrite; `place` is where the row stands until this transaction ends. */
export async function findMentions(tx: Transaction, rule: TableRule, pattern: string): Promise<Mention[]> {
  if (!rule.mentions) return []
  const { rows } = await tx.query<{ place: string; values: unknown[] }>(
    `select ctid::text as place, jsonb_build_array(${rule.mentions.join(', ')}) as values from ${rule.table}
     where concat_ws(' ', ${rule.mentions.map((column) => `${column}::text`).join(', ')}) ~* $1 for update`,
    [pattern],
  )
  return rows
}

export async function rewriteMention(tx: Transaction, rule: TableRule, mention: Mention): Promise<void> {
  const mentions = rule.mentions ?? []
  const set = mentions.map(
    (column, index) =>
      `${column} = (select (jsonb_populate_record(null::${rule.table}, jsonb_build_object('${column}', $2::jsonb -> ${index}))).${column})`,
  )
  await tx.query(`update ${rule.table} set ${set.join(', ')} where ctid = $1::tid`, [mention.place, JSON.stringify(mention.values)])
}

/** Refused requests are only kept to be looked at: one that mentions him goes. */
export async function deleteRefusals(tx: Transaction, pattern: string): Promise<number> {
  const result = await tx.query(`delete from refusals where encode(body, 'escape') ~* $1`, [pattern])
  return result.rowCount ?? 0
}

/** Tables that were uploaded or are kept for download and may hold him. Gives the uploaded files; ready exports expire at once. */
export async function takeTables(tx: Transaction, pattern: string | undefined): Promise<string[]> {
  await tx.query('update exports set expires_at = now() where expires_at > now()')
  const { rows } = await tx.query<{ file: string }>(
    `select distinct i.file from imports i join import_rows r on r.import_id = i.id
     where r.made::text ~ (select coalesce(string_agg(id::text, '|'), 'none') from erased_contacts) or r.cells::text ~* $1`,
    [pattern ?? null],
  )
  return rows.map((row) => row.file)
}

/** What was audited of him, without what was said of him. */
export async function clearAudit(tx: Transaction): Promise<number> {
  const result = await tx.query(
    `update audit set detail = null where detail is not null and subject in (select id::text from erased_contacts union all select id::text from erased_entries
       union all select id::text from erased_leads union all select id::text from erased_conversations union all select id::text from erased_calls)`,
  )
  return result.rowCount ?? 0
}

export async function insertTombstones(tx: Transaction, erasureId: string, hashes: string[]): Promise<void> {
  await tx.query('insert into erased_keys (hash, erasure_id) select unnest($1::text[]), $2 on conflict do nothing', [hashes, erasureId])
}

/** Keys of his events and the vendors' ids of his messages. */
export async function readErasedNames(tx: Transaction): Promise<{ kind: 'event' | 'external'; channelId: string; key: string }[]> {
  const { rows } = await tx.query<{ kind: 'event' | 'external'; channelId: string; key: string }>(
    `select 'event' as kind, channel_id as "channelId", key from delivery_events
       where entry_id in (select id from erased_entries) or delivery_id in (select id from erased_deliveries)
     union select 'event', channel_id, event_key from entries where id in (select id from erased_entries) and event_key is not null
     union select 'event', channel_id, key from call_events where call_id in (select id from erased_calls)
     union select 'external', channel_id, external_id from external_ids where entry_id in (select id from erased_entries)`,
  )
  return rows
}
