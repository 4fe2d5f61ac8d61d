import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Files } from '../files/files.ts'
import type { Certificate } from './erasure.ts'

/** What is known of an erasure outside the database: enough to carry it out again on an older copy. No personal data. */
const journalled = z.object({
  id: z.uuid(),
  askedAt: z.string(),
  contactIds: z.array(z.uuid()),
  hashes: z.array(z.string()),
})

export type Journalled = z.output<typeof journalled>

/** Folder of the journal, in the storage and beside the backups. */
export const journalFolder = 'erasures'

/** Written before the erasure is committed: a copy of the database that is older than it can be told. */
export async function writeJournal(
  deps: { files: Files; backupFolder?: string | undefined },
  entry: Journalled & { certificate: Certificate },
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(entry))
  await deps.files.write(`${journalFolder}/${entry.id}.json`, bytes)
  if (!deps.backupFolder) return
  const beside = join(deps.backupFolder, journalFolder)
  await mkdir(beside, { recursive: true, mode: 0o700 })
  await writeFile(join(beside, `${entry.id}.json`), bytes, { mode: 0o600, flush: true })
}

/** Takes the journal that lies beside an archive into the storage. */
export async function adoptJournal(files: Files, backupFolder: string): Promise<void> {
  const names = await readdir(join(backupFolder, journalFolder)).catch(() => [])
  for (const name of names.filter((found) => /^[\w-]+\.json$/.test(found))) {
    await files.write(`${journalFolder}/${name}`, await readFile(join(backupFolder, journalFolder, name)))
  }
}

/** All erasures that the storage tells of. */
export async function readJournal(files: Files): Promise<Journalled[]> {
  const entries: Journalled[] = []
  for await (const { name } of files.list()) {
    if (name.startsWith(`${journalFolder}/`)) entries.push(journalled.parse(JSON.parse(Buffer.from(await files.read(name)).toString())))
  }
  return entries.sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1))
}
