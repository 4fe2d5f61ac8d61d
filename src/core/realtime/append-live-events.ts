import type { Transaction } from '../database/pool.ts'
import type { NewLiveEvent } from './live-event.ts'

/** NOTIFY channel on which followers are woken after the commit. */
export const liveEventsTopic = 'live_events'

/** Appends to the live stream in the transaction that makes it true; consoles hear of it after the commit, never before. */
export async function appendLiveEvents(tx: Transaction, events: readonly NewLiveEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    type: event.type,
    contact_id: event.contactId ?? null,
    conversation_id: event.conversationId ?? null,
    channel_id: event.channelId ?? null,
    subject_id: event.subjectId ?? null,
    payload: event.payload,
  }))
  await tx.query({
    name: 'append live events',
    text: `with added as (
        insert into live_events (transaction_id, type, contact_id, conversation_id, channel_id, subject_id, payload)
        select pg_current_xact_id()::text::bigint, type, contact_id, conversation_id, channel_id, subject_id, payload
        from json_populate_recordset(null::live_events, $1::json))
      select pg_notify('${liveEventsTopic}', '')`,
    values: [JSON.stringify(rows)],
  })
}
