import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import type { Logger } from '../connector/hub.ts'
import { openEmbedded } from '../database/embedded.ts'
import { migrate } from '../database/migrate.ts'
import { BackupFailure, type BackupHeader, type BackupManifest, type TableSum } from './backup.ts'
import { connect, copyOut, countMissingFiles, noteFiles, openFileNotes } from './database-store.ts'
import { loadBackup } from './load-backup.ts'
import { sumsOf } from './walk-archive.ts'
import { sumTable } from './write-backup.ts'

export interface CheckedBackup {
  header: BackupHeader
  manifest: BackupManifest
  seconds: number
}

/**
 * Proves a backup by restoring it into a database server of its own beside the archive, which is thrown away: every row is read back and
 * compared, every file's sum too, each file that a row names must be there, and this program's newer migrations must run.
 * @throws BackupFailure `unequal` when what came back is not what was written, and those of reading
 */
export async function checkBackup(
  deps: { logger: Logger; migrationsDir: string },
  options: { path: string; passphrase?: string | undefined },
): Promise<CheckedBackup> {
  const started = Date.now()
  const folder = await mkdtemp(join(dirname(options.path), 'scratch-'))
  let lost: unknown
  try {
    const server = await openEmbedded(folder, deps.logger, (reason) => {
      lost = reason
    })
    try {
      const archive = await loadAndCompare(server.databaseUrl, deps.migrationsDir, options)
      await migrate(server.databaseUrl, deps.migrationsDir)
      return { ...archive, seconds: (Date.now() - started) / 1000 }
    } finally {
      await server.close()
    }
  } catch (error) {
    throw lost ?? error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function loadAndCompare(
  databaseUrl: string,
  migrationsDir: string,
  { path, passphrase }: { path: string; passphrase?: string | undefined },
): Promise<{ header: BackupHeader; manifest: BackupManifest }> {
  const client = await connect(databaseUrl, 'switchboard check')
  try {
    const archived = openNotes(client)
    await client.query('begin')
    await openFileNotes(client)
    const archive = await loadBackup(client, {
      path,
      passphrase,
      migrationsDir,
      async file({ name }, content) {
        for await (const _ of content);
        await archived.add(name)
      },
    })
    await archived.flush()
    await compareRows(client, archive)
    const missing = await countMissingFiles(client)
    if (missing > 0) throw new BackupFailure('unequal', `The backup ${path} lacks ${missing} of the files that its rows name.`)
    await client.query('commit')
    return archive
  } finally {
    await client.end()
  }
}

/** Names of files, noted by the thousand. */
function openNotes(client: pg.Client): { add(name: string): Promise<void>; flush(): Promise<void> } {
  let names: string[] = []
  const flush = async () => {
    await noteFiles(client, names)
    names = []
  }
  return {
    async add(name) {
      names.push(name)
      if (names.length >= 1_000) await flush()
    },
    flush,
  }
}

/** Rows come back in the order they went in, so that equal tables have equal sums. */
async function compareRows(client: pg.Client, { header, manifest }: { header: BackupHeader; manifest: BackupManifest }): Promise<void> {
  const sums: TableSum[] = []
  for (const table of header.tables) sums.push(await sumTable(table.name, copyOut(client, table), async () => {}))
  if (sumsOf(sums) !== sumsOf(manifest.tables))
    throw new BackupFailure('unequal', 'What was restored from the backup is not what was written into it.')
}
