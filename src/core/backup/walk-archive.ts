import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type ArchiveEntry, readArchive } from './archive-reader.ts'
import { BackupFailure, type BackupHeader, type BackupManifest, headerName, keyName, manifestName, type TableSum } from './backup.ts'
import { countLines, fileLine } from './write-backup.ts'

/** What is done with an archive while it is read; every part is handed over once, in the order of the archive. */
export interface ArchiveVisitor {
  header?(header: BackupHeader, key: string | undefined): Promise<void>
  /** A piece of a table's rows; all pieces of a table come together. */
  rows?(table: BackupHeader['tables'][number], bytes: Uint8Array): Promise<void>
  tableEnd?(table: BackupHeader['tables'][number]): Promise<void>
  /** Must read the content to its end. */
  file?(file: { name: string; size: number }, content: AsyncIterable<Uint8Array>): Promise<void>
}

export interface WalkedArchive {
  header: BackupHeader
  manifest: BackupManifest
  key: string | undefined
}

/**
 * Reads an archive from end to end and compares everything in it with its manifest.
 * @throws BackupFailure `damaged` when it was cut off or changed, `passphrase`, `not_found`; whatever the visitor throws
 */
export async function walkArchive(path: string, passphrase: string | undefined, visitor: ArchiveVisitor = {}): Promise<WalkedArchive> {
  const walk = new Walk(path, visitor)
  for await (const entry of readArchive(path, passphrase)) await walk.take(entry)
  return await walk.end()
}

class Walk {
  readonly #path: string
  readonly #visitor: ArchiveVisitor
  readonly #tables: TableSum[] = []
  readonly #files = { count: 0, bytes: 0 }
  readonly #fileLines = createHash('sha256')
  #header: BackupHeader | undefined
  #manifest: BackupManifest | undefined
  #key: string | undefined
  #isOpened = false
  #table: { table: BackupHeader['tables'][number]; sum: Omit<TableSum, 'sha256'>; hash: ReturnType<typeof createHash> } | undefined

  constructor(path: string, visitor: ArchiveVisitor) {
    this.#path = path
    this.#visitor = visitor
  }

  async take(entry: ArchiveEntry): Promise<void> {
    if (entry.name === headerName) this.#header = await jsonOf<BackupHeader>(entry)
    else if (entry.name === keyName) this.#key = (await buffer(entry.content)).toString().trim()
    else {
      await this.#open()
      const [kind, ...rest] = entry.name.split('/')
      if (kind === 'database') return await this.#takeRows(rest[0] ?? '', entry)
      await this.#closeTable()
      if (entry.name === manifestName) this.#manifest = await jsonOf<BackupManifest>(entry)
      else if (kind === 'files') await this.#takeFile(rest.join('/'), entry)
      else throw this.#damaged(`it holds an unknown part ${entry.name}`)
    }
  }

  async #open(): Promise<void> {
    if (this.#isOpened) return
    if (this.#header?.format !== 1) throw this.#damaged('it is not a backup that this program can read')
    this.#isOpened = true
    await this.#visitor.header?.(this.#header, this.#key)
  }

  async #takeRows(name: string, entry: ArchiveEntry): Promise<void> {
    if (this.#table?.table.name !== name) {
      await this.#closeTable()
      const table = this.#header?.tables.find((known) => known.name === name)
      if (!table) throw this.#damaged(`it holds rows of an unknown table ${name}`)
      this.#table = { table, sum: { name, rows: 0, bytes: 0 }, hash: createHash('sha256') }
    }
    const { table, sum, hash } = this.#table
    for await (const bytes of entry.content) {
      hash.update(bytes)
      sum.bytes += bytes.length
      sum.rows += countLines(bytes)
      await this.#visitor.rows?.(table, bytes)
    }
  }

  async #closeTable(): Promise<void> {
    const open = this.#table
    if (!open) return
    this.#table = undefined
    this.#tables.push({ ...open.sum, sha256: open.hash.digest('hex') })
    await this.#visitor.tableEnd?.(open.table)
  }

  async #takeFile(name: string, entry: ArchiveEntry): Promise<void> {
    const hash = createHash('sha256')
    const content = async function* () {
      for await (const bytes of entry.content) {
        hash.update(bytes)
        yield bytes
      }
    }
    const file = { name, size: entry.size }
    if (this.#visitor.file) await this.#visitor.file(file, content())
    else for await (const _ of content());
    this.#fileLines.update(fileLine(file, hash.digest('hex')))
    this.#files.count++
    this.#files.bytes += entry.size
  }

  async end(): Promise<WalkedArchive> {
    await this.#open()
    if (!this.#header || !this.#manifest) throw this.#damaged('it was cut off')
    const isSame =
      sumsOf(this.#manifest.tables.filter((table) => table.bytes > 0)) === sumsOf(this.#tables) &&
      this.#manifest.files.sha256 === this.#fileLines.digest('hex') &&
      this.#manifest.files.count === this.#files.count
    if (!isSame) throw this.#damaged('its content is not what was written')
    return { header: this.#header, manifest: this.#manifest, key: this.#key }
  }

  #damaged(why: string): BackupFailure {
    return new BackupFailure('damaged', `The backup ${this.#path} is damaged: ${why}.`)
  }
}

export function sumsOf(tables: TableSum[]): string {
  return JSON.stringify(tables.map(({ name, rows, bytes, sha256 }) => [name, rows, bytes, sha256]))
}

async function jsonOf<Value>(entry: ArchiveEntry): Promise<Value> {
  return JSON.parse((await buffer(entry.content)).toString()) as Value
}
