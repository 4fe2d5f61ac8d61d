import { createHash } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type pg from 'pg'
import { FileMissing } from '../files/file-missing.ts'
import type { Files, StoredFile } from '../files/files.ts'
import { type ArchiveWriter, writeArchive } from './archive-writer.ts'
import { type BackupHeader, type BackupManifest, headerName, keyName, manifestName, type TableSum } from './backup.ts'
import { connect, copyOut, openSnapshot, readSequences, readShape } from './database-store.ts'

export interface WrittenBackup {
  path: string
  bytes: number
  rows: number
  files: number
  seconds: number
}

interface Options {
  path: string
  /** Absent: the archive is not encrypted. */
  passphrase?: string | undefined
  /** The secret key's text, to be put into the archive. */
  key?: string | undefined
}

/** Rows go into the archive in pieces of about this size, since a tar says a length before the content. */
const pieceBytes = 4 * 1024 * 1024

/**
 * Writes database and files into one archive while the hub works. All rows are of one moment (a snapshot); files are listed after it, and
 * a file is always written before the row that names it, so none is missing. Bounded memory.
 */
export async function writeBackup(deps: { databaseUrl: string; files: Files }, options: Options): Promise<WrittenBackup> {
  const started = Date.now()
  await mkdir(dirname(options.path), { recursive: true, mode: 0o700 })
  await rm(`${options.path}.unfinished`, { force: true })
  const client = await connect(deps.databaseUrl)
  const sums: Pick<WrittenBackup, 'rows' | 'files'> = { rows: 0, files: 0 }
  try {
    await writeArchive(options.path, options.passphrase, async (archive) => {
      await openSnapshot(client)
      const shape = await readShape(client)
      const header: BackupHeader = { format: 1, createdAt: new Date(started).toISOString(), withKey: options.key !== undefined, ...shape }
      await archive.add(headerName, jsonOf(header))
      if (options.key !== undefined) await archive.add(keyName, Buffer.from(`${options.key}\n`))
      const tables = await addTables(archive, client, header.tables)
      const sequences = await readSequences(client)
      await client.query('commit')
      const files = await addFiles(archive, deps.files)
      await archive.add(manifestName, jsonOf({ tables, files, sequences } satisfies BackupManifest))
      sums.rows = tables.reduce((sum, table) => sum + table.rows, 0)
      sums.files = files.count
    })
  } finally {
    await client.end()
  }
  return { path: options.path, bytes: (await stat(options.path)).size, ...sums, seconds: (Date.now() - started) / 1000 }
}

function jsonOf(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`)
}

async function addTables(archive: ArchiveWriter, client: pg.Client, tables: BackupHeader['tables']): Promise<TableSum[]> {
  const sums: TableSum[] = []
  for (const table of tables) {
    let pieces: Buffer[] = []
    let held = 0
    let piece = 0
    const flush = async () => {
      if (held === 0) return
      await archive.add(`database/${table.name}/${String(++piece).padStart(6, '0')}`, Buffer.concat(pieces))
      pieces = []
      held = 0
    }
    const sum = await sumTable(table.name, copyOut(client, table), async (bytes) => {
      pieces.push(bytes)
      held += bytes.length
      if (held >= pieceBytes) await flush()
    })
    await flush()
    sums.push(sum)
  }
  return sums
}

/** Counts and sums a table's rows as they pass. In the text format of COPY a line is a row: line feeds within are escaped. */
export async function sumTable(name: string, rows: AsyncIterable<Buffer>, pass: (bytes: Buffer) => Promise<void>): Promise<TableSum> {
  const hash = createHash('sha256')
  const sum = { name, rows: 0, bytes: 0 }
  for await (const bytes of rows) {
    hash.update(bytes)
    sum.bytes += bytes.length
    sum.rows += countLines(bytes)
    await pass(bytes)
  }
  return { ...sum, sha256: hash.digest('hex') }
}

export function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

async function addFiles(archive: ArchiveWriter, files: Files): Promise<BackupManifest['files']> {
  const lines = createHash('sha256')
  const sum = { count: 0, bytes: 0 }
  for await (const file of files.list()) {
    const sha256 = await addFile(archive, files, file)
    if (sha256 === undefined) continue
    lines.update(fileLine(file, sha256))
    sum.count++
    sum.bytes += file.size
  }
  return { ...sum, sha256: lines.digest('hex') }
}

export function fileLine({ name, size }: StoredFile, sha256: string): string {
  return `${name} ${size} ${sha256}\n`
}

/** Undefined: it was removed since it was listed, as erasing a person does. */
async function addFile(archive: ArchiveWriter, files: Files, { name, size }: StoredFile): Promise<string | undefined> {
  const content = await files.stream(name).catch((error: unknown) => {
    if (!(error instanceof FileMissing)) throw error
  })
  if (!content) return undefined
  const hash = createHash('sha256')
  await archive.addStream(`files/${name}`, size, hashed(content, hash))
  return hash.digest('hex')
}

async function* hashed(content: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const bytes of content) {
    hash.update(bytes)
    yield bytes
  }
}
