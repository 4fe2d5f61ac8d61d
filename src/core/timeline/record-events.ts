import { newId } from '../database/id.ts'
import { insertRows } from '../database/insert-rows.ts'
import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { presentEntries } from './present-entry.ts'

export interface TimelineEvent {
  conversationId: string
  /** Who did it; null: the hub itself. */
  authorId: string | null
  /** What he said to it. */
  text?: string | undefined
  /** `event` names what happened. */
  extra: { event: string } & Record<string, unknown>
}

/** Keeps on the timeline what became of conversations. Has no direction: nobody wrote, so no answer is stale by it and nobody waits for it. */
export async function recordEvents(tx: Transaction, events: readonly TimelineEvent[]): Promise<void> {
  if (events.length === 0) return
  const { rows } = await tx.query<{ id: string; contactId: string; channelId: string; medium: string }>(
    `select id, contact_id as "contactId", channel_id as "channelId", medium from conversations where id = any($1::uuid[])`,
    [events.map((event) => event.conversationId)],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const entries = events.flatMap((event) => {
    const conversation = byId.get(event.conversationId)
    return conversation ? [entryOf(event, conversation)] : []
  })
  await insertRows(tx, 'entries', Object.keys(entries[0] ?? {}), entries)
  const views = await presentEntries(
    tx,
    entries.map((entry) => entry.id),
  )
  await appendLiveEvents(
    tx,
    views.map((view) => ({
      type: 'entry.created' as const,
      contactId: view.contactId,
      conversationId: view.conversationId,
      channelId: view.channelId,
      subjectId: view.id,
      payload: view,
    })),
  )
}

function entryOf(event: TimelineEvent, conversation: { id: string; contactId: string; channelId: string; medium: string }) {
  const at = new Date().toISOString()
  return {
    id: newId(),
    kind: 'event',
    medium: conversation.medium,
    channel_id: conversation.channelId,
    conversation_id: conversation.id,
    contact_id: conversation.contactId,
    author_id: event.authorId,
    occurred_at: at,
    received_at: at,
    sort_at: at,
    text: event.text?.replaceAll('\u0000', '') ?? '',
    extra: event.extra,
  }
}
