import type { Logger } from '../connector/hub.ts'
import { inTransaction } from '../database/pool.ts'
import type { Jobs } from '../jobs/queue.ts'
import { applyRows } from './apply-rows.ts'
import { checkRows } from './check-rows.ts'
import { busyStatuses, type ImportStatus } from './import.ts'
import type { ImportDeps } from './import-deps.ts'
import { deleteForgotten, type ImportRecord, lockImport, readImport, selectAbandoned, updateImport } from './import-store.ts'
import { readFile } from './read-file.ts'
import { UnreadableFile } from './reading/unreadable-file.ts'
import { undoRows } from './undo-rows.ts'

const job = 'import'
const sweepJob = 'import-sweep'
const sweepEveryMs = 5_000
/** A worker says that it is at it after every chunk. */
const silentMs = 20_000
/** How long a file of clients lies here that nobody started. */
const keptDays = 30

const steps: Partial<Record<ImportStatus, (deps: ImportDeps, record: ImportRecord) => Promise<void>>> = {
  reading: readFile,
  checking: checkRows,
  running: applyRows,
  undoing: undoRows,
}

/** So that a process without a worker can add the job. */
export function knowImports(jobs: Jobs): void {
  jobs.define(job, async () => {}, { lane: 'long' })
}

/** Works on imports, and takes up those that a killed worker left: their rows say where to go on. */
export async function startImports(deps: ImportDeps & { jobs: Jobs; logger: Logger }): Promise<void> {
  deps.jobs.define<{ importId: string }>(job, ({ importId }) => runImport(deps, importId), { lane: 'long' })
  deps.jobs.define(sweepJob, async () => {
    await deleteForgotten(deps.pool, keptDays)
    for (const id of await selectAbandoned(deps.pool, busyStatuses, silentMs)) await runImport(deps, id)
  })
  await deps.jobs.every(sweepJob, sweepEveryMs)
  // Who has just started need not wait until others seem silent.
  for (const id of await selectAbandoned(deps.pool, busyStatuses, 0)) await wakeImport(deps.jobs, id)
}

/** Has a worker look at an import, soon. */
export async function wakeImport(jobs: Pick<Jobs, 'add'>, importId: string): Promise<void> {
  await jobs.add(job, { importId })
}

/** Does the steps that need no person, until there is none. Two at once do no harm: each chunk holds the import's row. */
export async function runImport(deps: ImportDeps, importId: string): Promise<void> {
  for (;;) {
    const record = await readImport(deps.pool, importId)
    const step = steps[record.status]
    if (!step) return
    try {
      await step(deps, record)
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      await fail(deps, record, error)
    }
  }
}

/** A file that cannot be read is told and forgotten. */
async function fail({ pool, files }: ImportDeps, record: ImportRecord, error: UnreadableFile): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await lockImport(tx, record.id)
    await tx.query('delete from import_rows where import_id = $1', [record.id])
    await updateImport(tx, record.id, { status: 'failed', error: { code: error.code, line: error.line }, total: 0, done: 0, finishedAt: new Date() })
  })
  await files.remove(record.file)
}
