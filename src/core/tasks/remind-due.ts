import { inTransaction, type Pool } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { announceTasks } from './announce-tasks.ts'
import { takeDue } from './task-store.ts'

const mostAtOnce = 500

/** Rings once for each task that has become due, at whose it is. What became due while the hub was off rings when it is back. */
export async function remindDue({ pool }: { pool: Pool }): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const views = await announceTasks(tx, await takeDue(tx, mostAtOnce))
    await appendLiveEvents(
      tx,
      views.flatMap((view) => (view.assigneeId ? [{ type: 'task.due' as const, subjectId: view.assigneeId, payload: view }] : [])),
    )
    return views.length
  })
}
