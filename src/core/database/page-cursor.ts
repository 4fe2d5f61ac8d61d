import type { z } from 'zod'
import { CoreError } from '../errors.ts'

/** An opaque cursor of a keyset page: the sort values of its last row. */
export function encodeCursor(values: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** Throws `invalid_cursor` unless `cursor` holds what `schema` says (a tuple of the sort values). */
export function decodeCursor<Values>(cursor: string, schema: z.ZodType<Values>): Values {
  const parsed = schema.safeParse(parse(cursor))
  if (!parsed.success) throw new CoreError('invalid_cursor')
  return parsed.data
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** Cuts a list that was read with one row more than `limit` into a page. */
export function toPage<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => string): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
