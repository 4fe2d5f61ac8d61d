import type { Readable } from 'node:stream'
import { type Actor, actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { readFirm } from '../access/firm-store.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { Jobs } from '../jobs/queue.ts'
import { type ExportFilter, type ExportFormat, type ExportKind, type ExportView, keptMs, partFile } from './export.ts'
import { type ExportRecord, endExport, insertExport, readExport, selectExports } from './export-store.ts'
import { wakeExport } from './run-exports.ts'

interface Deps {
  pool: Pool
  jobs: Jobs
}

/** Has a file written of all that the asker may see; who asked for what stands in the audit. */
export async function createExport(
  { pool, jobs }: Deps,
  given: { kind: ExportKind; format: ExportFormat; filter: ExportFilter; language?: string | undefined },
  caller: Caller,
): Promise<ExportView> {
  const id = newId()
  const language = given.language ?? (await readFirm(pool)).language
  const { kind, format, filter } = given
  await inTransaction(pool, async (tx) => {
    const { ownClientsOnly } = caller.actor
    await insertExport(tx, {
      id,
      kind,
      format,
      filter,
      language,
      actorId: actorId(caller.actor),
      ownClientsOnly,
      expiresAt: new Date(Date.now() + keptMs),
    })
    await recordAudit(tx, caller, { action: 'export.created', subject: id, detail: { kind, format, filter } })
  })
  await wakeExport(jobs, id)
  return present(await readExport(pool, id))
}

/** Throws `not_found`, also for what somebody else asked for. */
export async function readOwnExport({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<ExportView> {
  return present(await ownExport(pool, actor, id))
}

export async function listExports({ pool }: { pool: Pool }, actor: Actor): Promise<{ items: ExportView[] }> {
  return { items: (await selectExports(pool, actorId(actor), 20)).map(present) }
}

/** Throws `not_found`. */
export async function cancelExport({ pool }: { pool: Pool }, id: string, { actor }: Caller): Promise<ExportView> {
  await ownExport(pool, actor, id)
  await endExport(pool, id, 'cancelled')
  return present(await readExport(pool, id))
}

export interface OpenedExport {
  name: string
  format: ExportFormat
  /** Bytes. */
  size: number
  stream(): AsyncIterable<Buffer>
}

/** The file, for who asked for it, until it expires; each fetching stands in the audit. Throws `not_found`. */
export async function openExport({ pool, files }: { pool: Pool; files: Files }, id: string, caller: Caller): Promise<OpenedExport> {
  const record = await ownExport(pool, caller.actor, id)
  if (record.status !== 'done') throw new CoreError('not_found', 'The file is not written yet.')
  const { kind, format, parts, size, done } = record
  await recordAudit(pool, caller, { action: 'export.downloaded', subject: id, detail: { kind, format, rows: done } })
  return { name: `${kind}-${record.createdAt.toISOString().slice(0, 10)}.${format}`, format, size, stream: () => partsOf(files, id, parts) }
}

async function* partsOf(files: Files, id: string, parts: number): AsyncIterable<Buffer> {
  for (let part = 0; part < parts; part++) {
    const stream: Readable = await files.stream(partFile(id, part))
    yield* stream as AsyncIterable<Buffer>
  }
}

async function ownExport(pool: Pool, actor: Actor, id: string): Promise<ExportRecord> {
  const record = await readExport(pool, id)
  const isHis = record.actorId === actorId(actor)
  if (!isHis || record.expiresAt < new Date()) throw new CoreError('not_found', 'There is no such export, or its day is over: export anew.')
  return record
}

function present(record: ExportRecord): ExportView {
  const { id, kind, format, filter, status, error, done, size } = record
  const url = status === 'done' ? `/api/v1/exports/${id}/file` : null
  const [createdAt, expiresAt] = [record.createdAt.toISOString(), record.expiresAt.toISOString()]
  return { id, kind, format, filter, status, error, done, size, createdAt, finishedAt: record.finishedAt?.toISOString() ?? null, expiresAt, url }
}
