import type { Queryable } from '../database/pool.ts'
import type { ImportView } from './import.ts'
import { countRows } from './import-row-store.ts'
import { type ImportRecord, readImport, recallMapping } from './import-store.ts'

/** An import in the outside shape. Throws `not_found`. */
export async function presentImport(db: Queryable, id: string): Promise<ImportView> {
  const record = await readImport(db, id)
  const [view] = await presentImports(db, [record])
  return { ...toView(record), ...view, remembered: record.status === 'mapping' && (await recallMapping(db, record.signature)) !== undefined }
}

export async function presentImports(db: Queryable, records: ImportRecord[]): Promise<ImportView[]> {
  const counts = await countRows(
    db,
    records.map(({ id }) => id),
  )
  return records.map((record) => ({ ...toView(record), counts: counts.get(record.id) ?? noCounts }))
}

const noCounts: ImportView['counts'] = { verdicts: {}, outcomes: {}, gone: 0, restored: 0, kept: 0 }

function toView({ file: _file, signature: _signature, columns: _columns, ...record }: ImportRecord): ImportView {
  return {
    ...record,
    counts: noCounts,
    remembered: false,
    createdAt: record.createdAt.toISOString(),
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
  }
}
