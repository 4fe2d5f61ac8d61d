import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { countUntouched, readUntouchedRun, selectUntouched, type UntouchedRow } from './untouched-store.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

export interface UntouchedPage {
  /** The day of the list; null: none was made yet. */
  day: string | null
  items: (Omit<UntouchedRow, 'lastTouchAt'> & { lastTouchAt: string })[]
  nextCursor: string | null
  counts: { clients: number; leads: number }
}

/** A night's list, the last one unless a day is named. Throws `invalid_cursor`. */
export async function readUntouched(
  { pool }: { pool: Pool },
  actor: Actor,
  input: { day?: string | undefined; kind?: 'client' | 'lead' | undefined; ownerId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<UntouchedPage> {
  const day = input.day ?? (await readUntouchedRun(pool))
  if (day === null) return { day, items: [], nextCursor: null, counts: { clients: 0, leads: 0 } }
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, place)
  const [rows, counts] = await Promise.all([
    selectUntouched(pool, actor, { day, kind: input.kind, ownerId: input.ownerId }, { after, limit: input.limit + 1 }),
    countUntouched(pool, actor, day),
  ])
  const page = toPage(rows, input.limit, (row) => encodeCursor([row.lastTouchAt.toISOString(), row.subjectId]))
  const items = page.items.map((row) => ({ ...row, lastTouchAt: row.lastTouchAt.toISOString() }))
  return { day, items, nextCursor: page.nextCursor, counts }
}
