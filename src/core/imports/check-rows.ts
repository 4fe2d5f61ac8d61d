import { inTransaction } from '../database/pool.ts'
import { Known } from './applying/known.ts'
import { loadKnown } from './applying/load-known.ts'
import { planRow } from './applying/plan-row.ts'
import type { DateOrder } from './import.ts'
import type { ImportDeps } from './import-deps.ts'
import { type ImportRecord, lockImport, noteProgress, selectFileRows, updateImport } from './import-store.ts'
import { readingContext } from './reading-context.ts'
import { orderShown } from './recognising/read-date.ts'
import { readDraft } from './recognising/read-draft.ts'

const chunk = 500

/**
 * The dry run: says of each row what it would be, as if the rows before it were in already, and writes that and nothing else. Begun anew it starts
 * at the first row.
 */
export async function checkRows(deps: ImportDeps, record: ImportRecord): Promise<void> {
  const { pool } = deps
  const columns = await dateOrders(deps, record)
  const context = await readingContext(pool, { mapping: record.mapping, columns }, deps.firm())
  const known = new Known()
  let after = 0
  let done = 0
  for (;;) {
    const rows = await selectFileRows(pool, record.id, after, chunk)
    if (rows.length === 0) break
    const drafts = rows.map(({ number, cells }) => ({ number, draft: readDraft(cells, context) }))
    await loadKnown(
      pool,
      known,
      drafts.map(({ draft }) => draft),
    )
    const plans = drafts.map(({ number, draft }) => planRow(number, draft, known, { ...record.options, doubtful: 'skip' }))
    after = rows.at(-1)?.number ?? after
    done += rows.length
    const verdicts = plans.map(({ number, verdict, reasons }) => ({ number, verdict, reasons }))
    if (!(await keepVerdicts(deps, record.id, verdicts, done))) return
  }
  await inTransaction(pool, async (tx) => {
    const { status } = await lockImport(tx, record.id)
    if (status === 'checking') await updateImport(tx, record.id, { status: 'checked', columns, done })
  })
}

/** False when the checking was stopped meanwhile. */
async function keepVerdicts({ pool }: ImportDeps, id: string, verdicts: object[], done: number): Promise<boolean> {
  return await inTransaction(pool, async (tx) => {
    const { status } = await lockImport(tx, id)
    if (status !== 'checking') return false
    await tx.query(
      `update import_rows r set verdict = g.verdict, reasons = g.reasons from json_to_recordset($2::json) as g (number int, verdict text, reasons jsonb)
       where r.import_id = $1 and r.number = g.number`,
      [id, JSON.stringify(verdicts)],
    )
    await noteProgress(tx, id, done)
    return true
  })
}

/** In a column of dates with slashes only the whole column can tell the day from the month. */
async function dateOrders({ pool }: ImportDeps, record: ImportRecord): Promise<(DateOrder | null)[]> {
  const fallback: DateOrder = 'dmy'
  const shown = record.mapping.map(() => new Set<'dmy' | 'mdy'>())
  const dates = record.mapping.flatMap(({ target }, index) => (target === 'date' ? [index] : []))
  let after = 0
  while (dates.length > 0) {
    const rows = await selectFileRows(pool, record.id, after, 5_000)
    if (rows.length === 0) break
    after = rows.at(-1)?.number ?? after
    for (const { cells } of rows) {
      for (const index of dates) {
        const order = orderShown(cells[index] ?? '')
        if (order) shown[index]?.add(order)
      }
    }
  }
  return record.mapping.map(({ target }, index) => {
    if (target !== 'date') return null
    const [only, other] = shown[index] ?? []
    return other ? 'mixed' : (only ?? fallback)
  })
}
