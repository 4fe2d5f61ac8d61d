import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { ReviewView } from './review.ts'
import { type ReviewFilter, selectReviews } from './review-store.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** The latest first; an operator sees those of his own work. Throws `invalid_cursor`. */
export async function listReviews(
  { pool }: { pool: Pool },
  actor: Actor,
  { cursor, limit, ...filter }: ReviewFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: ReviewView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
  const rows = await selectReviews(pool, actor, filter, { after, limit: limit + 1 })
  return toPage(rows, limit, (row) => encodeCursor([row.createdAt, row.id]))
}
