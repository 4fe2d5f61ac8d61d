import { systemActor } from '../access/actor.ts'
import type { Logger } from '../connector/hub.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import type { Jobs } from '../jobs/queue.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { partFile } from './export.ts'
import { exportRows } from './export-rows.ts'
import { deleteExpired, type ExportRecord, endExport, noteWritten, readExport, selectAbandonedExports } from './export-store.ts'
import { writeCsv } from './write-csv.ts'
import { mostXlsxRows, writeXlsx } from './write-xlsx.ts'

export interface ExportDeps {
  pool: Pool
  files: Files
}

const job = 'export'
const sweepJob = 'export-sweep'
const sweepEveryMs = 15_000
const silentMs = 60_000
/** A file is kept in parts, so that none is ever in memory whole. */
const partBytes = 4 * 1024 * 1024
const tellEveryMs = 1_000

/** So that a process without a worker can add the job. */
export function knowExports(jobs: Jobs): void {
  jobs.define(job, async () => {}, { lane: 'long' })
}

/** Writes what was asked for; takes up what a killed worker left, from the start; removes what is a day old. */
export async function startExports(deps: ExportDeps & { jobs: Jobs; logger: Logger }): Promise<void> {
  deps.jobs.define<{ exportId: string }>(job, ({ exportId }) => runExport(deps, exportId), { lane: 'long' })
  deps.jobs.define(sweepJob, async () => {
    for (const { id, parts } of await deleteExpired(deps.pool)) for (let part = 0; part < parts; part++) await deps.files.remove(partFile(id, part))
    for (const id of await selectAbandonedExports(deps.pool, silentMs)) await runExport(deps, id)
  })
  await deps.jobs.every(sweepJob, sweepEveryMs)
  for (const id of await selectAbandonedExports(deps.pool, silentMs)) await wakeExport(deps.jobs, id)
}

export async function wakeExport(jobs: Pick<Jobs, 'add'>, exportId: string): Promise<void> {
  await jobs.add(job, { exportId })
}

/** Writes the whole file anew. What fails for good is told on the export. */
export async function runExport(deps: ExportDeps, id: string): Promise<void> {
  const record = await readExport(deps.pool, id)
  if (record.status !== 'waiting' && record.status !== 'running') return
  try {
    if (await write(deps, record)) await end(deps, record, 'done')
  } catch (error) {
    if (isPassingFault(error)) throw error
    await end(deps, record, 'failed', error instanceof TooManyRows ? 'too_many_rows' : 'internal')
    if (!(error instanceof TooManyRows)) throw error
  }
}

class TooManyRows extends Error {}

/** False when it was cancelled meanwhile. */
async function write({ pool, files }: ExportDeps, record: ExportRecord): Promise<boolean> {
  const { id, kind, format, filter, language } = record
  const actor = { ...systemActor, id: record.actorId ?? systemActor.id, ownClientsOnly: record.ownClientsOnly }
  const written = { done: -1, parts: 0, size: 0 }
  const rows = counted(
    exportRows(kind, { pool, actor, filter, language }),
    format === 'xlsx' ? mostXlsxRows : Number.POSITIVE_INFINITY,
    () => written.done++,
  )
  let chunks: Buffer[] = []
  let held = 0
  let toldAt = Date.now()
  const flush = async () => {
    await files.write(partFile(id, written.parts++), Buffer.concat(chunks))
    chunks = []
    held = 0
  }
  if (!(await noteWritten(pool, id, { done: 0, parts: 0, size: 0 }))) return false
  for await (const chunk of format === 'csv' ? writeCsv(rows, language) : writeXlsx(rows)) {
    chunks.push(chunk)
    held += chunk.length
    written.size += chunk.length
    if (held >= partBytes) await flush()
    if (Date.now() - toldAt < tellEveryMs) continue
    toldAt = Date.now()
    if (!(await noteWritten(pool, id, written))) return false
    await tell(pool, record)
  }
  await flush()
  return await noteWritten(pool, id, written)
}

async function* counted(rows: AsyncIterable<string[]>, most: number, note: () => number): AsyncIterable<string[]> {
  for await (const row of rows) {
    if (note() >= most) throw new TooManyRows('A sheet of Excel holds no more rows.')
    yield row
  }
}

async function end({ pool }: ExportDeps, record: ExportRecord, status: 'done' | 'failed', error?: string): Promise<void> {
  if (await endExport(pool, record.id, status, error)) await tell(pool, record)
}

async function tell(pool: Pool, { id, actorId }: ExportRecord): Promise<void> {
  await inTransaction(pool, (tx) => appendLiveEvents(tx, [{ type: 'export.changed', subjectId: actorId, payload: { id } }]))
}
