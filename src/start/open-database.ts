import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import type { Logger } from '../core/connector/hub.ts'
import { openEmbedded } from '../core/database/embedded.ts'
import { migrate } from '../core/database/migrate.ts'
import { explainDatabaseError } from './explain-database-error.ts'

export const migrationsDir = resolve(import.meta.dirname, '../../prisma/migrations')

export interface OpenDatabase {
  databaseUrl: string
  /** Stops the embedded server; a server of somebody else stays as it is. */
  close(): Promise<void>
}

/**
 * Opens the database of `DATABASE_URL`, or the embedded one in `DATA_DIR`, and brings it up to this program's migrations.
 * @throws StartFailure in words for people.
 */
export async function openDatabase(config: Config, logger: Logger): Promise<OpenDatabase> {
  let database: OpenDatabase | undefined
  try {
    database = await open(config, logger)
    const applied = await migrate(database.databaseUrl, migrationsDir)
    if (applied.length > 0) logger.info({ applied }, 'The database is migrated')
    await warnOfBlindSearch(database.databaseUrl, logger)
    return database
  } catch (error) {
    await database?.close()
    throw explainDatabaseError(error, config.databaseUrl)
  }
}

async function open(config: Config, logger: Logger): Promise<OpenDatabase> {
  if (config.databaseUrl) return { databaseUrl: config.databaseUrl, close: async () => {} }
  return openEmbedded(config.dataDir, logger, endProcess(logger))
}

/** A database of the character type "C" finds no Russian name by its parts: `pg_trgm` sees no letters in it. */
async function warnOfBlindSearch(databaseUrl: string, logger: Logger): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    const found = await client.query("select datctype from pg_database where datname = current_database() and datctype in ('C', 'POSIX')")
    if (found.rowCount)
      logger.warn(
        {},
        'This database was made with the character type "C": search will not find names in Cyrillic. Make it anew with LC_CTYPE \'C.UTF-8\'',
      )
  } finally {
    await client.end()
  }
}

/** Without its database the hub can take nothing: it ends in order, and whatever watches it starts it anew. */
function endProcess(logger: Logger): (reason: unknown) => void {
  return (reason) => {
    logger.error({ err: reason }, 'The embedded database is lost: stopping')
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  }
}
