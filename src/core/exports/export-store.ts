import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ExportFilter, ExportFormat, ExportKind, ExportView } from './export.ts'

export interface ExportRecord {
  id: string
  kind: ExportKind
  format: ExportFormat
  filter: ExportFilter
  language: string
  status: ExportView['status']
  error: string | null
  done: number
  parts: number
  size: number
  actorId: string | null
  ownClientsOnly: boolean
  createdAt: Date
  finishedAt: Date | null
  expiresAt: Date
}

const columns = `id, kind, format, filter, language, status, error, done, parts, size::float8 as size, actor_id as "actorId",
  own_clients_only as "ownClientsOnly", created_at as "createdAt", finished_at as "finishedAt", expires_at as "expiresAt"`

export async function insertExport(
  db: Queryable,
  given: Pick<ExportRecord, 'id' | 'kind' | 'format' | 'filter' | 'language' | 'actorId' | 'ownClientsOnly' | 'expiresAt'>,
): Promise<void> {
  await db.query(
    `insert into exports (id, kind, format, filter, language, actor_id, own_clients_only, expires_at, worked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [given.id, given.kind, given.format, JSON.stringify(given.filter), given.language, given.actorId, given.ownClientsOnly, given.expiresAt],
  )
}

/** Throws `not_found`. */
export async function readExport(db: Queryable, id: string): Promise<ExportRecord> {
  const { rows } = await db.query<ExportRecord>(`select ${columns} from exports where id = $1`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such export.')
  return found
}

/** The newest first; of one person. */
export async function selectExports(db: Queryable, actorId: string | null, limit: number): Promise<ExportRecord[]> {
  const { rows } = await db.query<ExportRecord>(
    `select ${columns} from exports where actor_id is not distinct from $1 and expires_at > now() order by created_at desc, id desc limit $2`,
    [actorId, limit],
  )
  return rows
}

/** Gives false when it was cancelled meanwhile. */
export async function noteWritten(db: Queryable, id: string, written: { done: number; parts: number; size: number }): Promise<boolean> {
  const { rowCount } = await db.query(
    `update exports set status = 'running', done = $2, parts = $3, size = $4, worked_at = now() where id = $1 and status in ('waiting', 'running')`,
    [id, written.done, written.parts, written.size],
  )
  return rowCount === 1
}

export async function endExport(db: Queryable, id: string, status: 'done' | 'failed' | 'cancelled', error: string | null = null): Promise<boolean> {
  const { rowCount } = await db.query(
    `update exports set status = $2, error = $3, finished_at = now(), worked_at = now() where id = $1 and status in ('waiting', 'running')`,
    [id, status, error],
  )
  return rowCount === 1
}

/** Exports that a worker should be at and none has been for `silentMs`. */
export async function selectAbandonedExports(db: Queryable, silentMs: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from exports where status in ('waiting', 'running') and worked_at < now() - $1 * interval '1 millisecond' limit 20`,
    [silentMs],
  )
  return rows.map(({ id }) => id)
}

/** What nobody may fetch any more. */
export async function deleteExpired(db: Queryable): Promise<{ id: string; parts: number }[]> {
  const { rows } = await db.query<{ id: string; parts: number }>('delete from exports where expires_at < now() returning id, parts')
  return rows
}
