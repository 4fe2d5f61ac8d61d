import { inTransaction } from '../database/pool.ts'
import { defaultOptions, type FileRow } from './import.ts'
import type { ImportDeps } from './import-deps.ts'
import { type ImportRecord, insertFileRows, lockImport, noteProgress, recallMapping, updateImport } from './import-store.ts'
import { openTable } from './reading/read-table.ts'
import { UnreadableFile } from './reading/unreadable-file.ts'
import { findHead, signatureOf } from './recognising/find-head.ts'
import { guessMapping } from './recognising/guess-mapping.ts'

const chunk = 1_000
const sampleSize = 50

/**
 * Takes the file apart into rows, finds its head, and guesses the mapping or recalls it. Begun anew, or by two at once, it gives the same: rows that are
 * there stay. Throws `UnreadableFile`; the file itself is gone from storage afterwards.
 */
export async function readFile({ pool, files }: ImportDeps, record: ImportRecord): Promise<void> {
  const bytes = Buffer.from(await files.read(record.file))
  const table = openTable(bytes)
  const first: FileRow[] = []
  let batch: FileRow[] = []
  let total = 0
  /** False when it was cancelled meanwhile, or another worker has read it. */
  const flush = async () => {
    const goesOn = await inTransaction(pool, async (tx) => {
      if ((await lockImport(tx, record.id)).status !== 'reading') return false
      await insertFileRows(tx, record.id, batch)
      await noteProgress(tx, record.id, total)
      return true
    })
    batch = []
    return goesOn
  }
  for await (const row of table.rows) {
    if (first.length < sampleSize) first.push(row)
    batch.push(row)
    total++
    if (batch.length >= chunk && !(await flush())) return
  }
  if (!(await flush())) return
  const head = findHead(first)
  const dataRows = total - first.filter(({ number }) => number < head.firstData).length
  if (dataRows === 0) throw new UnreadableFile('no_rows')
  const sample = first.filter(({ number }) => number >= head.firstData).map(({ cells }) => cells)
  const signature = signatureOf(head.headers)
  const kept = await recallMapping(pool, signature)
  await inTransaction(pool, async (tx) => {
    const { status } = await lockImport(tx, record.id)
    if (status !== 'reading') return
    await tx.query('delete from import_rows where import_id = $1 and number < $2', [record.id, head.firstData])
    await updateImport(tx, record.id, {
      status: 'mapping',
      format: table.format,
      encoding: table.encoding,
      separator: table.separator,
      headers: head.headers,
      signature,
      mapping: kept?.mapping ?? guessMapping(head.headers, sample),
      options: kept?.options ?? defaultOptions,
      total: dataRows,
      done: 0,
    })
  })
  await files.remove(record.file)
}
