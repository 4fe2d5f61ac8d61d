import { Readable } from 'node:stream'
import { type Caller, recordAudit } from '../access/audit.ts'
import type { Pool } from '../database/pool.ts'
import { writeCsv } from '../exports/write-csv.ts'
import { type Verdict, verdicts } from './import.ts'
import { type RowFilter, selectRows } from './import-row-store.ts'
import { readImport } from './import-store.ts'

const pageSize = 1_000

/** Rows of a file as CSV, each as it came, with its number and its reasons in front. Throws `not_found`. */
export async function downloadRows(
  { pool }: { pool: Pool },
  id: string,
  given: { verdict: string; kept: boolean; language: string },
  caller: Caller,
): Promise<Readable> {
  const record = await readImport(pool, id)
  const verdict = verdicts.find((one): one is Verdict => one === given.verdict)
  await recordAudit(pool, caller, { action: 'import.downloaded', subject: id, detail: { verdict: verdict ?? null } })
  const filter: RowFilter = { verdict, ...(given.kept && { kept: true }) }
  return Readable.from(writeCsv(rowsOf(pool, id, record.headers, filter), given.language))
}

async function* rowsOf(pool: Pool, id: string, headers: string[], filter: RowFilter): AsyncIterable<string[]> {
  yield ['#', '?', ...headers]
  let after = 0
  for (;;) {
    const rows = await selectRows(pool, id, filter, { after, limit: pageSize })
    for (const { number, reasons, undone, cells } of rows) {
      const why = [...reasons.map(({ code, value }) => (value ? `${code}: ${value}` : code)), ...(undone ? [undone] : [])]
      yield [String(number), why.join('; '), ...cells]
    }
    after = rows.at(-1)?.number ?? after
    if (rows.length < pageSize) return
  }
}
