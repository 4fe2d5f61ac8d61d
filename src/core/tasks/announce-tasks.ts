import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { TaskView } from './task.ts'
import { presentTasks } from './task-store.ts'

/** Tells the consoles how tasks stand now; gives the views in the order of `ids`. */
export async function announceTasks(tx: Transaction, ids: string[]): Promise<TaskView[]> {
  const views = await presentTasks(tx, ids)
  await appendLiveEvents(
    tx,
    views.flatMap((view) => [
      { type: 'task.changed' as const, contactId: view.contactId, conversationId: view.conversationId, subjectId: view.id, payload: view },
    ]),
  )
  return views
}
