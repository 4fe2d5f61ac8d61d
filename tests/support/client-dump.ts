import type { Pool } from '../../src/core/database/pool.ts'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** What is known of clients, whole; times of our own clock and the book of merges itself are left out. */
const tables: Record<string, string[]> = {
  contacts: ['id', 'card_id', 'merged_into_id', 'name', 'name_by', 'stage', 'owner_id', 'company_id', 'fields', 'language', 'last_touch_at'],
  contact_edits: ['contact_id', 'field', 'before', 'after'],
  identities: ['id', 'kind', 'value'],
  contact_identities: ['contact_id', 'identity_id', 'evidence', 'role', 'raw', 'owning', '(until is null) as current'],
  merge_suggestions: ['least(first_id, second_id) as a', 'greatest(first_id, second_id) as b', 'status'],
  contact_shares: ['contact_id', 'user_id'],
  leads: ['contact_id', 'status', 'topic', 'lost_reason', 'source', 'first_touch', 'last_touch', 'owner_id'],
  conversations: ['id', 'contact_id', 'medium', 'thread_key', 'subject', 'state', 'assignee_id', 'waiting_since', 'last_entry_at'],
  participants: ['conversation_id', 'identity_id', 'name'],
  entries: ['id', 'kind', 'medium', 'direction', 'conversation_id', 'contact_id', 'event_key', 'text', 'match', 'extra', 'occurred_at', 'sort_at'],
  delivery_events: ['key', 'kind', 'status', 'reason', 'entry_id'],
}

/** Empties the same tables. */
export async function forgetClients(pool: Pool): Promise<void> {
  await pool.query(`truncate ${Object.keys(tables).join(', ')}, merges, external_ids`)
}

/** The rows of every table that speaks of clients, ids named by what they stand for, so that two databases can be compared. */
export async function dumpClients(pool: Pool): Promise<Record<string, string[]>> {
  const names = await readNames(pool)
  const dump: Record<string, string[]> = {}
  for (const [table, columns] of Object.entries(tables)) {
    const { rows } = await pool.query<{ row: string }>(`select row_to_json(t)::text as row from (select ${columns.join(', ')} from ${table}) t`)
    dump[table] = rows
      .map(({ row }) => row.replaceAll(uuid, (id) => names.get(id) ?? 'some id'))
      .map(sortPair)
      .sort()
  }
  return dump
}

/** Entries by their event key, identities by their value, contacts by what they hold, conversations by their entries. */
async function readNames(pool: Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>(`
    select id, 'entry ' || event_key as name from entries
    union all select id, 'identity ' || kind || ' ' || value from identities
    union all select v.id, 'conversation ' || (select min(event_key) from entries where conversation_id = v.id) from conversations v
    union all select c.id, 'contact ' || coalesce((select min(event_key) from entries where contact_id = c.id), '') || ' of ' || coalesce(
      (select string_agg(i.value, ' ' order by i.value) from contact_identities ci join identities i on i.id = ci.identity_id where ci.contact_id = c.id), '')
      from contacts c`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Which of two suggested contacts has the smaller id is chance. */
function sortPair(row: string): string {
  const parsed: Record<string, unknown> = JSON.parse(row)
  if (typeof parsed.a !== 'string' || typeof parsed.b !== 'string') return row
  const [a, b] = [parsed.a, parsed.b].sort()
  return JSON.stringify({ ...parsed, a, b })
}
