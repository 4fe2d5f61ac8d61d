import { followNumbers, joinCalls, refreshUnheard } from '../../calls/call-store.ts'
import { deriveCall } from '../../calls/derive-call.ts'
import type { SavedCall } from '../../calls/save-calls.ts'
import { saveCalls } from '../../calls/save-calls.ts'
import { insertRows } from '../../database/insert-rows.ts'
import type { Transaction } from '../../database/pool.ts'
import type { KnownCall } from './known-calls.ts'
import type { Plan } from './plan.ts'

/** Writes the calls of a batch as they now follow from their events, and who waits because of them. Call before the entries are written: it dates them. */
export async function writeCalls(tx: Transaction, plan: Plan): Promise<void> {
  await joinCalls(tx, plan.joinedCalls)
  const calls = [...plan.calls]
  if (calls.length === 0) return
  const rows = await saveCalls(tx, calls)
  await writeFacts(tx, calls)
  await dateEntries(tx, plan, rows)
  noteAnswers(plan, rows)
}

async function writeFacts(tx: Transaction, calls: KnownCall[]): Promise<void> {
  const names = calls.flatMap((call) => [...call.newNames].map((name) => ({ channel_id: call.channelId, external_id: name, call_id: call.id })))
  await insertRows(
    tx,
    'call_ids',
    ['channel_id', 'external_id', 'call_id'],
    names,
    'on conflict (channel_id, external_id) do update set call_id = excluded.call_id',
  )
  const facts = calls.flatMap((call) =>
    call.facts.filter((fact) => call.newKeys.has(fact.key)).map((fact) => ({ channel_id: call.channelId, key: fact.key, call_id: call.id, fact })),
  )
  await insertRows(tx, 'call_events', ['channel_id', 'key', 'call_id', 'fact'], facts, 'on conflict (channel_id, key) do nothing')
}

/** An entry stands where its call began and says which way it went, whatever event came first. */
async function dateEntries(tx: Transaction, plan: Plan, rows: SavedCall[]): Promise<void> {
  const planned = new Map(plan.entries.map((entry) => [entry.id, entry]))
  const stored: Record<string, unknown>[] = []
  const joined = new Set(plan.joinedCalls.map(({ into }) => into))
  const calls = new Map([...plan.calls].map((call) => [call.id, call]))
  for (const row of rows) {
    const call = calls.get(row.id)
    if (row.entry_id === null || (call && !joined.has(row.id) && standsAlready(call, row))) continue
    const facts = {
      direction: row.direction,
      occurred_at: row.started_at,
      sort_at: row.started_at,
      from_value: row.from_value,
      to_value: row.to_value,
    }
    const entry = planned.get(row.entry_id)
    if (entry) Object.assign(entry, facts)
    else stored.push({ id: row.entry_id, ...facts })
  }
  if (stored.length === 0) return
  const changed = await tx.query<{ id: string }>({
    name: 'date calls',
    text: `update entries e set direction = g.direction, occurred_at = g.occurred_at, sort_at = g.sort_at, from_value = g.from_value, to_value = g.to_value
      from json_populate_recordset(null::entries, $1::json) g where e.id = g.id
        and (e.direction, e.occurred_at, e.sort_at, e.from_value, e.to_value) is distinct from (g.direction, g.occurred_at, g.sort_at, g.from_value, g.to_value)
      returning e.id`,
    values: [JSON.stringify(stored)],
  })
  for (const { id } of changed.rows) plan.changedEntries.add(id)
}

/** Most events of a call change nothing of where its entry stands. */
function standsAlready(call: KnownCall, row: SavedCall): boolean {
  const before = call.facts.filter((fact) => !call.newKeys.has(fact.key))
  if (call.isNew || before.length === 0) return false
  const { direction, startedAt, from, to } = deriveCall(before)
  return direction === row.direction && startedAt === row.started_at && from === row.from_value && to === row.to_value
}

/** Who was spoken to no longer waits, on any medium. */
function noteAnswers(plan: Plan, rows: SavedCall[]): void {
  for (const row of rows) {
    if (row.contact_id === null || row.answered_at === null || row.state === 'ringing' || row.state === 'queued') continue
    const at = new Date(row.answered_at)
    const before = plan.answeredContacts.get(row.contact_id)
    if (before === undefined || before < at) plan.answeredContacts.set(row.contact_id, at)
  }
}

/** What changes who waits; that a telephone rings does not. */
const telling = new Set(['answered', 'ended', 'summary'])

/** After entries and conversations are written: who rang in vain waits. */
export async function writeUnheard(tx: Transaction, plan: Plan, options: { isSilent: boolean }): Promise<void> {
  await followNumbers(
    tx,
    [...plan.calls].flatMap(({ conversationId, teamId }) => (conversationId === null || teamId === undefined ? [] : [{ conversationId, teamId }])),
  )
  const told = [...plan.calls].filter((call) => call.facts.some(({ fact }) => telling.has(fact)))
  await refreshUnheard(tx, [...new Set(told.flatMap((call) => call.conversationId ?? []))], options)
}
