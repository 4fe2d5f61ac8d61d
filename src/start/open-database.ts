import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import type { Logger } from '../core/connector/hub.ts'
import { openEmbedded } from '../core/database/embedded.ts'
import { migrate } from '../core/database/migrate.ts'
import { StartFailure } from '../core/start-failure.ts'
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
    await refuseBlindSearch(database.databaseUrl, logger)
    const applied = await migrate(database.databaseUrl, migrationsDir)
    if (applied.length > 0) logger.info({ applied }, 'The database is migrated')
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

/**
 * A database of the character type "C" finds no Russian name by its parts: `pg_trgm` sees no letters in it, whatever the collation. An empty one
 * is refused while making it anew costs nothing; one that holds data goes on, with a warning.
 */
async function refuseBlindSearch(databaseUrl: string, logger: Logger): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string; filled: boolean }>(
      `select datname as name, to_regclass('_prisma_migrations') is not null as filled
       from pg_database where datname = current_database() and (datctype in ('C', 'POSIX') or pg_encoding_to_char(encoding) <> 'UTF8')`,
    )
    const [blind] = rows
    if (!blind) return
    const remedy = `Make it anew: create database "${blind.name}" template template0 encoding 'UTF8' locale 'C.UTF-8'`
    const fault = `The database ${blind.name} knows no letters but English ones (LC_CTYPE "C", or not UTF8), so search would not find Russian names.`
    if (!blind.filled) throw new StartFailure('database_refused', `${fault} ${remedy}.`)
    logger.warn({}, `${fault} ${remedy}, and move the data there.`)
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
