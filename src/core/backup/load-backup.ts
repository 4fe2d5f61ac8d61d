import pg from 'pg'
import { applyMigrations } from '../database/migrate.ts'
import { BackupFailure, type BackupHeader } from './backup.ts'
import { copyIn, postponeIndexes, setSequences, switchTriggers, type TableWriter } from './database-store.ts'
import { type ArchiveVisitor, type WalkedArchive, walkArchive } from './walk-archive.ts'

interface LoadOptions {
  path: string
  passphrase: string | undefined
  migrationsDir: string
  /** What is done with each file; must read it to its end. */
  file: NonNullable<ArchiveVisitor['file']>
}

/**
 * Puts the rows of an archive into the database of `client`, whose transaction is open: whatever stood there is dropped, the tables are made by
 * the migrations that the backup had, and nothing is seen until the caller commits.
 * @throws BackupFailure `newer` when the backup knows migrations that this program does not; those of reading
 */
export async function loadBackup(client: pg.Client, options: LoadOptions): Promise<WalkedArchive> {
  let header: BackupHeader | undefined
  let build: string[] = []
  let writer: TableWriter | undefined
  const archive = await walkArchive(options.path, options.passphrase, {
    async header(given) {
      header = given
      await makeTables(client, given, options.migrationsDir)
      build = await postponeIndexes(client)
      await switchTriggers(client, given.tables, 'disable')
      await emptyTables(client, given)
    },
    async rows(table, bytes) {
      writer ??= copyIn(client, table)
      await writer.write(bytes)
    },
    async tableEnd() {
      await writer?.end()
      writer = undefined
    },
    file: options.file,
  })
  await setSequences(client, archive.manifest.sequences)
  for (const statement of build) await client.query(statement)
  await switchTriggers(client, header?.tables ?? [], 'enable')
  return archive
}

async function makeTables(client: pg.Client, header: BackupHeader, migrationsDir: string): Promise<void> {
  await client.query('drop schema if exists bullmq cascade')
  await client.query('drop schema if exists public cascade')
  await client.query('create schema public')
  const unknown = await applyMigrations(client, migrationsDir, header.migrations)
  if (unknown) {
    throw new BackupFailure(
      'newer',
      `The backup was made by another version of the program (migration ${unknown}): restore it with that version, or a newer one.`,
    )
  }
}

/** What migrations themselves put into tables comes with the rows. */
async function emptyTables(client: pg.Client, { tables }: BackupHeader): Promise<void> {
  if (tables.length > 0) await client.query(`truncate ${tables.map(({ name }) => `public.${pg.escapeIdentifier(name)}`).join(', ')} cascade`)
}
