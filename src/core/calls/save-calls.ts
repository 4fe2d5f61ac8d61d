import { insertRows, type Row } from '../database/insert-rows.ts'
import type { Transaction } from '../database/pool.ts'
import type { CallFactAt } from './call.ts'
import { usersByNumber } from './call-store.ts'
import { deriveCall } from './derive-call.ts'

const derivedColumns = [
  'direction',
  'state',
  'outcome',
  'from_value',
  'to_value',
  'dialled',
  'queue',
  'started_at',
  'answered_at',
  'ended_at',
  'wait_seconds',
  'talk_seconds',
  'user_id',
  'legs',
  'contact_id',
  'conversation_id',
  'entry_id',
]

/** A call with the set of its events, and where it belongs. */
export interface CallToSave {
  id: string
  channelId: string
  contactId: string | null
  conversationId: string | null
  entryId: string | null
  facts: CallFactAt[]
}

export interface SavedCall extends Row {
  id: string
  contact_id: string | null
  entry_id: string | null
  direction: string
  state: string
  from_value: string | null
  to_value: string | null
  started_at: string
  answered_at: string | null
}

/** Writes calls as they follow from their events. A user who asked for a call stays its user until another one answers. */
export async function saveCalls(tx: Transaction, calls: readonly CallToSave[]): Promise<SavedCall[]> {
  const derived = calls.map((call) => ({ call, derived: deriveCall(call.facts) }))
  const numbers = derived.flatMap(({ call, derived }) =>
    [derived.answeredBy, ...derived.legs.map((leg) => leg.user)].flatMap((value) => (value === null ? [] : [{ channelId: call.channelId, value }])),
  )
  const users = await usersByNumber(tx, numbers)
  const rows = derived.map(({ call, derived }): SavedCall => {
    const userOf = (value: string | null) => (value === null ? null : (users.get(`${call.channelId} ${value}`) ?? null))
    return {
      id: call.id,
      channel_id: call.channelId,
      direction: derived.direction,
      state: derived.state,
      outcome: derived.outcome,
      from_value: derived.from,
      to_value: derived.to,
      dialled: derived.dialled,
      queue: derived.queue,
      started_at: derived.startedAt,
      answered_at: derived.answeredAt,
      ended_at: derived.endedAt,
      wait_seconds: derived.waitSeconds,
      talk_seconds: derived.talkSeconds,
      user_id: userOf(derived.answeredBy),
      legs: derived.legs.map((leg) => ({ ...leg, userId: userOf(leg.user) })),
      contact_id: call.contactId,
      conversation_id: call.conversationId,
      entry_id: call.entryId,
    }
  })
  const updates = derivedColumns.map((column) =>
    column === 'user_id' ? 'user_id = coalesce(excluded.user_id, calls.user_id)' : `"${column}" = excluded."${column}"`,
  )
  await insertRows(
    tx,
    'calls',
    ['id', 'channel_id', ...derivedColumns],
    rows,
    `on conflict (id) do update set ${updates.join(', ')}, updated_at = now()`,
  )
  return rows
}
