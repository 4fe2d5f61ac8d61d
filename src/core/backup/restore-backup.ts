import { dirname } from 'node:path'
import type pg from 'pg'
import type { Logger } from '../connector/hub.ts'
import { migrate, refuseOldServer } from '../database/migrate.ts'
import { adoptJournal, journalFolder } from '../erasure/journal.ts'
import type { Files } from '../files/files.ts'
import { BackupFailure, type BackupHeader, type BackupManifest } from './backup.ts'
import { connect, countHubConnections, holdsData } from './database-store.ts'
import { loadBackup } from './load-backup.ts'
import { markRestored } from './mark-restored.ts'
import { type WalkedArchive, walkArchive } from './walk-archive.ts'

interface RestoreDeps {
  databaseUrl: string
  files: Files
  logger: Logger
  migrationsDir: string
  /** Makes sure that the hub will have the key of these data; throws BackupFailure `key`. Called before anything is changed. */
  settleKey(header: BackupHeader, keyInArchive: string | undefined): Promise<void>
}

interface RestoreOptions {
  path: string
  passphrase?: string | undefined
  /** Puts the backup in the place of a hub that has data. */
  force: boolean
}

/**
 * Puts a backup in the place of an empty database and its files. The archive is read once to its end before anything is changed; then rows and
 * files go in under one transaction, so that a restore that breaks off leaves the hub as it was. Afterwards the database is brought up to this
 * program, and nothing is sent again: what was still open waits for a person.
 * @throws BackupFailure in words for people
 */
export async function restoreBackup(deps: RestoreDeps, options: RestoreOptions): Promise<{ header: BackupHeader; manifest: BackupManifest }> {
  const client = await connect(deps.databaseUrl, 'switchboard restore')
  const restored = new Set<string>()
  let read: WalkedArchive
  try {
    await refuseOldServer(client)
    await refuseOccupied(client, options.force)
    read = await walkArchive(options.path, options.passphrase)
    await deps.settleKey(read.header, read.key)
    await client.query('begin')
    await client.query('set local idle_in_transaction_session_timeout = 0')
    await client.query('set local statement_timeout = 0')
    const { path, passphrase } = options
    await loadBackup(client, {
      path,
      passphrase,
      migrationsDir: deps.migrationsDir,
      async file({ name, size }, content) {
        await deps.files.writeStream(name, size, content)
        if (options.force) restored.add(name)
      },
    })
    await adoptJournal(deps.files, dirname(path))
    await markRestored(client, read.header.createdAt)
    await client.query('commit')
  } finally {
    await client.end()
  }
  if (options.force) await removeOthers(deps.files, restored)
  await migrate(deps.databaseUrl, deps.migrationsDir)
  await analyse(deps.databaseUrl)
  return read
}

async function refuseOccupied(client: pg.Client, force: boolean): Promise<void> {
  if ((await countHubConnections(client)) > 0) {
    throw new BackupFailure('in_use', 'A hub is running on this database: stop all its processes first.')
  }
  if (force || !(await holdsData(client))) return
  throw new BackupFailure(
    'not_empty',
    'This hub has data: restore into an empty one, or say --force to put the backup in the place of all that is here.',
  )
}

/** Files of the hub that was replaced. The journal of erasures stays: it is applied to what was restored. */
async function removeOthers(files: Files, restored: ReadonlySet<string>): Promise<void> {
  for await (const { name } of files.list()) if (!restored.has(name) && !name.startsWith(`${journalFolder}/`)) await files.remove(name)
}

async function analyse(databaseUrl: string): Promise<void> {
  const client = await connect(databaseUrl, 'switchboard restore')
  try {
    await client.query('analyze')
  } finally {
    await client.end()
  }
}
