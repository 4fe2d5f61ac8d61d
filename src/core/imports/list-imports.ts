import { z } from 'zod'
import { readFirm } from '../access/firm-store.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { Draft } from './import.ts'
import { type ImportRowRecord, type RowFilter, selectRows } from './import-row-store.ts'
import { readImport, selectImports } from './import-store.ts'
import { presentImports } from './present-import.ts'
import { readingContext } from './reading-context.ts'
import { readDraft } from './recognising/read-draft.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])
const rowPlace = z.tuple([z.number()])

/** Newest first. Throws `invalid_cursor`. */
export async function listImports({ pool }: { pool: Pool }, page: { cursor?: string | undefined; limit: number }) {
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, place)
  const found = toPage(await selectImports(pool, { after, limit: page.limit + 1 }), page.limit, (row) =>
    encodeCursor([row.createdAt.toISOString(), row.id]),
  )
  return { items: await presentImports(pool, found.items), nextCursor: found.nextCursor }
}

/** What the mapping makes of a row: shown while it is being chosen. */
export type RowPreview = Pick<Draft, 'name' | 'company' | 'fields'> & {
  identities: { kind: string; value: string }[]
  faults: Draft['faults']
  notes: Draft['notes']
}

/** Rows of the file with their verdicts and how they are read. Throws `not_found`, `invalid_cursor`. */
export async function listImportRows(
  { pool }: { pool: Pool },
  id: string,
  { cursor, limit, ...filter }: RowFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: (ImportRowRecord & { read: RowPreview })[]; nextCursor: string | null }> {
  const record = await readImport(pool, id)
  const [after] = cursor === undefined ? [0] : decodeCursor(cursor, rowPlace)
  const page = toPage(await selectRows(pool, id, filter, { after, limit: limit + 1 }), limit, (row) => encodeCursor([row.number]))
  const { country } = await readFirm(pool)
  const context = await readingContext(pool, record, { defaultCountry: country, own: new Set() })
  const items = page.items.map((row) => {
    const { name, company, fields, identities, faults, notes } = readDraft(row.cells, context)
    return { ...row, read: { name, company, fields, identities: identities.map(({ kind, value }) => ({ kind, value })), faults, notes } }
  })
  return { items, nextCursor: page.nextCursor }
}
