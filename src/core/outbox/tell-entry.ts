import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import { entryStatusOf } from './outbox.ts'
import { readPartStates, writeEntryStatus } from './outbox-store.ts'

/** Brings the message in line with its parts and tells consoles when that changed it. Call with the entry locked. */
export async function settleEntry(tx: Transaction, entryId: string): Promise<void> {
  const parts = await readPartStates(tx, entryId)
  if (parts.length === 0 || !(await writeEntryStatus(tx, entryId, entryStatusOf(parts)))) return
  await tellEntryChanged(tx, entryId)
}

export async function tellEntryChanged(tx: Transaction, entryId: string): Promise<void> {
  const views = await presentEntries(tx, [entryId])
  await appendLiveEvents(
    tx,
    views.map((view) => ({
      type: 'entry.changed',
      contactId: view.contactId,
      conversationId: view.conversationId,
      channelId: view.channelId,
      subjectId: view.id,
      payload: view,
    })),
  )
}
