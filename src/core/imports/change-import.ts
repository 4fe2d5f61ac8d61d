import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { ColumnMapping, ImportOptions, ImportStatus, ImportView } from './import.ts'
import { type ImportRecord, lockImport, rememberMapping, updateImport } from './import-store.ts'
import { presentImport } from './present-import.ts'
import { wakeImport } from './run-imports.ts'

interface Deps {
  pool: Pool
  jobs: Jobs
}

/** Sets what the columns are; what was checked is to be checked anew. Throws `not_found`, `conflict` once it has begun, `invalid_request`. */
export async function changeMapping(
  deps: Deps,
  id: string,
  change: {
    mapping?: ColumnMapping[] | undefined
    options?: Partial<{ [Name in keyof ImportOptions]: ImportOptions[Name] | undefined }> | undefined
  },
): Promise<ImportView> {
  return await onImport(deps, id, ['mapping', 'checked'], async (tx, record) => {
    const mapping = change.mapping ?? record.mapping
    if (mapping.length !== record.mapping.length) throw new CoreError('invalid_request', `The file has ${record.mapping.length} columns.`)
    const { onMatch, doubtful, stage } = { ...record.options, ...withoutUndefined(change.options ?? {}) }
    await updateImport(tx, id, { mapping, options: { onMatch, doubtful, stage }, ...(change.mapping && { status: 'mapping' as const }) })
  })
}

/** Starts the dry run. Throws `not_found`, `conflict`. */
export async function checkImport(deps: Deps, id: string): Promise<ImportView> {
  return await onImport(deps, id, ['mapping', 'checked'], async (tx) => {
    await tx.query(`update import_rows set verdict = null, reasons = '[]' where import_id = $1 and verdict is not null`, [id])
    await updateImport(tx, id, { status: 'checking', done: 0 })
  })
}

/** Starts making cards, or goes on after a cancel. Throws `not_found`, `conflict`. */
export async function startImport(deps: Deps, id: string, caller: Caller): Promise<ImportView> {
  return await onImport(deps, id, ['checked', 'cancelled'], async (tx, record) => {
    await rememberMapping(tx, record)
    const isFirst = record.status === 'checked'
    await updateImport(tx, id, { status: 'running', finishedAt: null, ...(isFirst && { startedAt: new Date(), done: 0 }) })
    await recordAudit(tx, caller, { action: 'import.started', subject: id, detail: { name: record.name, rows: record.total } })
  })
}

/** Stops behind the chunk in hand. What is in stays, and can be undone; the rest can still follow. Throws `not_found`, `conflict`. */
export async function cancelImport(deps: Deps, id: string, caller: Caller): Promise<ImportView> {
  return await onImport(deps, id, ['reading', 'checking', 'running'], async (tx, record) => {
    if (record.status === 'running') await updateImport(tx, id, { status: 'cancelled', finishedAt: new Date() })
    else if (record.status === 'checking') await updateImport(tx, id, { status: 'mapping', done: 0 })
    else await updateImport(tx, id, { status: 'failed', error: { code: 'cancelled' }, finishedAt: new Date() })
    await recordAudit(tx, caller, { action: 'import.cancelled', subject: id, detail: { done: record.done, rows: record.total } })
  })
}

/** Takes it all back, as far as nothing hangs on it. Throws `not_found`, `conflict`. */
export async function undoImport(deps: Deps, id: string, caller: Caller): Promise<ImportView> {
  return await onImport(deps, id, ['done', 'cancelled'], async (tx, record) => {
    const { rows } = await tx.query<{ count: number }>('select count(*)::int as count from import_rows where import_id = $1 and made is not null', [
      id,
    ])
    await updateImport(tx, id, { status: 'undoing', total: rows[0]?.count ?? 0, done: 0 })
    await recordAudit(tx, caller, { action: 'import.undone', subject: id, detail: { name: record.name } })
  })
}

/** Forgets a file that nothing was made of, or whose cards are gone again. Throws `not_found`, `conflict`. */
export async function discardImport({ pool, files }: { pool: Pool; files: Files }, id: string, caller: Caller): Promise<void> {
  const file = await inTransaction(pool, async (tx) => {
    const record = await lockImport(tx, id)
    if (!['mapping', 'checked', 'failed', 'undone'].includes(record.status)) throw new CoreError('conflict', `The import is ${record.status}.`)
    await tx.query('delete from import_rows where import_id = $1', [id])
    await tx.query('delete from imports where id = $1', [id])
    await recordAudit(tx, caller, { action: 'import.discarded', subject: id, detail: { name: record.name } })
    return record.file
  })
  await files.remove(file)
}

async function onImport(
  { pool, jobs }: Deps,
  id: string,
  allowed: ImportStatus[],
  change: (tx: Transaction, record: ImportRecord) => Promise<void>,
): Promise<ImportView> {
  await inTransaction(pool, async (tx) => {
    const record = await lockImport(tx, id)
    if (!allowed.includes(record.status)) throw new CoreError('conflict', `The import is ${record.status}.`)
    await change(tx, record)
  })
  await wakeImport(jobs, id)
  return await presentImport(pool, id)
}

function withoutUndefined<Given extends object>(given: Given): { [Name in keyof Given]?: Exclude<Given[Name], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Given]?: Exclude<Given[Name], undefined>
  }
}
