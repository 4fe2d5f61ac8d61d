import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { TaskView } from './task.ts'
import { countTasks, presentTasks, selectTasks, type TaskFilter } from './task-store.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Tasks, what is due first; with the caller's own counts for the bell. Throws `invalid_cursor`. */
export async function listTasks(
  { pool }: { pool: Pool },
  actor: Actor,
  { cursor, limit, ...filter }: TaskFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: TaskView[]; nextCursor: string | null; mine: { overdue: number; open: number } }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
  const [rows, mine] = await Promise.all([selectTasks(pool, actor, filter, { after, limit: limit + 1 }), countTasks(pool, actor.id)])
  const page = toPage(rows, limit, (row) => encodeCursor([row.dueAt.toISOString(), row.id]))
  const items = await presentTasks(
    pool,
    page.items.map((row) => row.id),
  )
  return { items, nextCursor: page.nextCursor, mine }
}
