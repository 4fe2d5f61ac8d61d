import { z } from 'zod'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { selectCompanies } from './company-store.ts'

const place = z.tuple([z.string(), z.uuid()])

/** Companies by name. Throws `invalid_cursor`. */
export async function listCompanies(
  { pool }: { pool: Pool },
  input: { query?: string | undefined; ownerId?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, place)
  const rows = await selectCompanies(pool, input, { after, limit: input.limit + 1 })
  return toPage(rows, input.limit, (row) => encodeCursor([row.name.toLowerCase(), row.id]))
}
