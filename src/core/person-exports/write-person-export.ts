import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { Pool } from '../database/pool.ts'
import { FileMissing } from '../files/file-missing.ts'
import type { Files } from '../files/files.ts'
import { exportFile } from './person-export.ts'
import { notePersonExport, readEntries, readPerson, readPersonExport, readPictureFiles, readRecordingFiles } from './person-export-store.ts'
import { personPage } from './person-page.ts'

interface Deps {
  pool: Pool
  files: Files
}

/** Makes the ZIP of an export that was asked for: a page to read, the same as JSON, and every file. Bounded memory. */
export async function writePersonExport({ pool, files }: Deps, id: string): Promise<void> {
  const wanted = await readPersonExport(pool, id)
  if (wanted?.status !== 'waiting') return
  const { rows } = await pool.query<{ id: string }>('select id from contacts where card_id = (select card_id from contacts where id = $1)', [
    wanted.contactId,
  ])
  const contactIds = rows.map((row) => row.id)
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-export-'))
  const path = join(folder, 'person.zip')
  try {
    const person = await readPerson(pool, contactIds)
    const zip = new ZipFile()
    failTogether(zip, zip)
    const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }))
    addText(zip, personPage(wanted.language, person, readEntries(pool, contactIds), nameInside), 'index.html')
    addText(zip, jsonOf(person, readEntries(pool, contactIds)), 'data.json')
    await Promise.all([written, addFiles(zip, { pool, files }, contactIds).then(() => zip.end(), fail(zip))])
    const { size } = await stat(path)
    await files.writeStream(exportFile(id), size, createReadStream(path))
    await notePersonExport(pool, id, { status: 'done', file: exportFile(id), size })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Unique by its id; of the given name only what every system can store. */
function nameInside({ id, name }: { id: string; name: string }): string {
  return `files/${id.slice(-8)}-${name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(-100)}`
}

async function addFiles(zip: ZipFile, { pool, files }: Deps, contactIds: string[]): Promise<void> {
  for await (const entry of readEntries(pool, contactIds)) {
    for (const file of entry.files ?? []) addLazily(zip, files, file.file, nameInside(file))
  }
  for (const { id, file, ending } of await readPictureFiles(pool, contactIds))
    addLazily(zip, files, file, nameInside({ id, name: `picture.${ending}` }))
  for (const { id, file, at } of await readRecordingFiles(pool, contactIds)) {
    addLazily(zip, files, file, nameInside({ id, name: `${at.toISOString().slice(0, 16).replace(':', '-')}.audio` }))
  }
}

/** Opened when its turn comes: not all at once. One that is gone from the storage is an empty file. */
function addLazily(zip: ZipFile, files: Files, name: string, inside: string): void {
  zip.addReadStreamLazy(inside, (give) => {
    files.stream(name).then(
      (stream) => give(null, failTogether(zip, stream)),
      (error: unknown) => (error instanceof FileMissing ? give(null, Readable.from([])) : give(error, Readable.from([]))),
    )
  })
}

function addText(zip: ZipFile, text: AsyncIterable<string>, inside: string): void {
  zip.addReadStream(failTogether(zip, Readable.from(text)), inside)
}

/** yazl does not watch what it reads: an error that nobody hears would end the process, and the archive would never end. */
function failTogether<Source extends NodeJS.EventEmitter>(zip: ZipFile, source: Source): Source {
  return source.on('error', fail(zip))
}

function fail(zip: ZipFile): (error: Error) => void {
  return (error) => void (zip.outputStream as Readable).destroy(error)
}

async function* jsonOf(
  person: Record<string, unknown[]>,
  entries: AsyncIterable<{ files: { id: string; name: string }[] | null }>,
): AsyncGenerator<string> {
  yield `${JSON.stringify(person, null, 1).slice(0, -2)},\n "timeline": [\n`
  let comma = ''
  for await (const entry of entries) {
    yield `${comma}${JSON.stringify({ ...entry, files: (entry.files ?? []).map((file) => ({ name: file.name, path: nameInside(file) })) })}`
    comma = ',\n'
  }
  yield '\n ]\n}\n'
}
