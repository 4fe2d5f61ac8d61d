import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { type ColumnMapping, type DateOrder, defaultOptions, type FileRow, type ImportOptions, type ImportStatus, type ImportView } from './import.ts'

export interface ImportRecord extends Omit<ImportView, 'counts' | 'remembered' | 'createdAt' | 'startedAt' | 'finishedAt'> {
  file: string
  signature: string
  columns: (DateOrder | null)[]
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

const columns = `id, name, size, file, status, error, format, encoding, separator, coalesce(headers, '{}') as headers, signature, mapping, options, columns,
  total, done, actor_id as "actorId", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`

function present(row: ImportRecord): ImportRecord {
  return { ...row, options: { ...defaultOptions, ...row.options } }
}

export async function insertImport(
  db: Queryable,
  given: { id: string; name: string; size: number; file: string; actorId: string | null },
): Promise<void> {
  await db.query('insert into imports (id, name, size, file, actor_id, worked_at) values ($1, $2, $3, $4, $5, now())', [
    given.id,
    given.name,
    given.size,
    given.file,
    given.actorId,
  ])
}

/** Throws `not_found`. */
export async function readImport(db: Queryable, id: string): Promise<ImportRecord> {
  const { rows } = await db.query<ImportRecord>(`select ${columns} from imports where id = $1`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such import.')
  return present(found)
}

/** Its row is locked until the transaction ends: cancelling waits for the chunk in hand. Throws `not_found`. */
export async function lockImport(tx: Transaction, id: string): Promise<ImportRecord> {
  await tx.query('select id from imports where id = $1 for update', [id])
  return await readImport(tx, id)
}

/** Newest first. */
export async function selectImports(db: Queryable, page: { after: [string, string] | undefined; limit: number }): Promise<ImportRecord[]> {
  const { rows } = await db.query<ImportRecord>(
    `select ${columns} from imports where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid) order by created_at desc, id desc limit $3`,
    [page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows.map(present)
}

export interface ImportChange {
  status?: ImportStatus
  error?: { code: string; line?: number | undefined } | null
  format?: string
  encoding?: string | null
  separator?: string | null
  headers?: string[]
  signature?: string
  mapping?: ColumnMapping[]
  options?: ImportOptions
  columns?: (DateOrder | null)[]
  total?: number
  done?: number
  startedAt?: Date | null
  finishedAt?: Date | null
}

const columnOf: Record<keyof ImportChange, string> = {
  status: 'status',
  error: 'error',
  format: 'format',
  encoding: 'encoding',
  separator: 'separator',
  headers: 'headers',
  signature: 'signature',
  mapping: 'mapping',
  options: 'options',
  columns: 'columns',
  total: 'total',
  done: 'done',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
}
const asJson = new Set<string>(['error', 'mapping', 'options', 'columns'])

/** Changes an import, and tells the consoles. */
export async function updateImport(tx: Transaction, id: string, change: ImportChange): Promise<void> {
  const given = (Object.keys(columnOf) as (keyof ImportChange)[]).filter((name) => change[name] !== undefined)
  const sets = given.map((name, index) => `${columnOf[name]} = $${index + 2}`)
  const values = given.map((name) => (asJson.has(name) && change[name] !== null ? JSON.stringify(change[name]) : change[name]))
  const { rows } = await tx.query<{ status: string; done: number; total: number }>(
    `update imports set ${[...sets, 'worked_at = now()'].join(', ')} where id = $1 returning status, done, total`,
    [id, ...values],
  )
  await appendLiveEvents(tx, [{ type: 'import.changed', subjectId: id, payload: { id, ...rows[0] } }])
}

/** How far the step is; the consoles hear of it about once a second. */
export async function noteProgress(tx: Transaction, id: string, done: number): Promise<void> {
  await tx.query('update imports set done = $2, worked_at = now() where id = $1', [id, done])
  const now = Date.now()
  if (now - (toldAt.get(id) ?? 0) < tellEveryMs) return
  toldAt.clear()
  toldAt.set(id, now)
  await appendLiveEvents(tx, [{ type: 'import.changed', subjectId: id, payload: { id, done } }])
}

const tellEveryMs = 1_000
const toldAt = new Map<string, number>()

/** Imports that a worker should be at and none has been for `silentMs`. */
export async function selectAbandoned(db: Queryable, busy: readonly ImportStatus[], silentMs: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from imports where status = any($1) and coalesce(worked_at, created_at) < now() - $2 * interval '1 millisecond' limit 20`,
    [busy, silentMs],
  )
  return rows.map(({ id }) => id)
}

/** Files that were brought, and never made into cards. */
export async function deleteForgotten(db: Queryable, days: number): Promise<void> {
  await db.query(
    `with forgotten as (
       delete from imports where status in ('mapping', 'checked', 'failed') and created_at < now() - $1 * interval '1 day' returning id)
     delete from import_rows where import_id in (select id from forgotten)`,
    [days],
  )
}

export async function insertFileRows(db: Queryable, importId: string, rows: FileRow[]): Promise<void> {
  await db.query(
    `insert into import_rows (import_id, number, cells)
     select $1, (given.value->>'number')::int, array(select jsonb_array_elements_text(given.value->'cells'))
     from jsonb_array_elements($2::jsonb) as given on conflict do nothing`,
    [importId, JSON.stringify(rows)],
  )
}

export async function countFileRows(db: Queryable, importId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from import_rows where import_id = $1', [importId])
  return rows[0]?.count ?? 0
}

/** Rows behind a number, in order. */
export async function selectFileRows(db: Queryable, importId: string, after: number, limit: number): Promise<FileRow[]> {
  const { rows } = await db.query<FileRow>({
    name: 'import rows',
    text: 'select number, cells from import_rows where import_id = $1 and number > $2 order by number limit $3',
    values: [importId, after, limit],
  })
  return rows
}

/** The next rows that nothing was made of. */
export async function selectRowsToDo(tx: Transaction, importId: string, limit: number): Promise<FileRow[]> {
  const { rows } = await tx.query<FileRow>({
    name: 'import rows to do',
    text: 'select number, cells from import_rows where import_id = $1 and outcome is null order by number limit $2',
    values: [importId, limit],
  })
  return rows
}

/** Keeps the mapping for the next file with the same headers. */
export async function rememberMapping(db: Queryable, given: Pick<ImportRecord, 'signature' | 'mapping' | 'options'>): Promise<void> {
  await db.query(
    `insert into import_mappings (signature, mapping, options) values ($1, $2, $3)
     on conflict (signature) do update set mapping = excluded.mapping, options = excluded.options, used_at = now()`,
    [given.signature, JSON.stringify(given.mapping), JSON.stringify(given.options)],
  )
}

export async function recallMapping(db: Queryable, signature: string): Promise<{ mapping: ColumnMapping[]; options: ImportOptions } | undefined> {
  const { rows } = await db.query<{ mapping: ColumnMapping[]; options: ImportOptions }>(
    'select mapping, options from import_mappings where signature = $1',
    [signature],
  )
  return rows[0]
}
