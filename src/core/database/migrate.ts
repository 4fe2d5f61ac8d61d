import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { StartFailure } from '../start-failure.ts'

/** The key of Prisma's own advisory lock, so that this runner and `prisma migrate deploy` never run together. */
const prismaLock = 72707369

/** The oldest server that the migrations are written for. */
const oldestServer = 150000

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Applied extends pg.QueryResultRow {
  name: string
  checksum: string
  finished: boolean
}

/**
 * Brings a database up to the migrations of `migrationsDir` and returns the names of those it applied.
 * Keeps the table of `prisma migrate`, whose `status` and `deploy` then find nothing left to do.
 * @throws StartFailure `database_newer`, `database_too_old`, `migration_failed`; connection failures as pg gives them.
 */
export async function migrate(databaseUrl: string, migrationsDir: string): Promise<string[]> {
  const migrations = readMigrations(migrationsDir)
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000, application_name: 'switchboard migrations' })
  // A connection that breaks also rejects the query in hand; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [prismaLock])
    const pending = pendingMigrations(migrations, await readApplied(client))
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    // Ending the session frees the lock.
    await client.end()
  }
}

/** The migrations of a folder in order of their names. */
export function readMigrations(migrationsDir: string): Migration[] {
  return readdirSync(migrationsDir)
    .filter((name) => existsSync(join(migrationsDir, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** @throws StartFailure `database_too_old` */
export async function refuseOldServer(client: pg.Client): Promise<void> {
  const found = await client.query<{ server_version_num: string }>('show server_version_num')
  const version = Number(found.rows[0]?.server_version_num)
  if (version >= oldestServer) return
  throw new StartFailure('database_too_old', `The database server is PostgreSQL ${Math.floor(version / 10000)}; 15 or newer is needed.`)
}

/**
 * Makes the tables that the named migrations make, in the transaction that the caller has opened on an empty schema.
 * Returns the first migration that this program does not know, or knows otherwise; undefined when all are applied.
 */
export async function applyMigrations(
  client: pg.Client,
  migrationsDir: string,
  wanted: { name: string; checksum: string }[],
): Promise<string | undefined> {
  const known = new Map(readMigrations(migrationsDir).map((migration) => [migration.name, migration]))
  await makeLedger(client)
  for (const { name, checksum } of wanted) {
    const migration = known.get(name)
    if (migration?.checksum !== checksum) return name
    await client.query(migration.sql)
    await note(client, migration)
  }
  return undefined
}

async function makeLedger(client: pg.Client): Promise<void> {
  await client.query(`
    create table if not exists _prisma_migrations (
      id varchar(36) primary key not null,
      checksum varchar(64) not null,
      finished_at timestamptz,
      migration_name varchar(255) not null,
      logs text,
      rolled_back_at timestamptz,
      started_at timestamptz not null default now(),
      applied_steps_count integer not null default 0
    )`)
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  await makeLedger(client)
  const found = await client.query<Applied>(`
    select migration_name as name, checksum, finished_at is not null as finished
    from _prisma_migrations where rolled_back_at is null order by started_at, migration_name`)
  return found.rows
}

function pendingMigrations(migrations: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum, finished } of applied) {
    const migration = known.get(name)
    if (!migration) {
      throw new StartFailure(
        'database_newer',
        `The database is newer than this program: it has the migration ${name}. Update the program, or restore a copy made before it.`,
      )
    }
    if (!finished) {
      throw new StartFailure(
        'migration_failed',
        `The migration ${name} was begun by another tool and not finished. Resolve it by "prisma migrate resolve".`,
      )
    }
    if (migration.checksum !== checksum) {
      throw new StartFailure(
        'migration_failed',
        `The migration ${name} is not the one that this database was made by. Start the version of the program that made it.`,
      )
    }
  }
  const done = new Set(applied.map((row) => row.name))
  return migrations.filter((migration) => !done.has(migration.name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await note(client, migration)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    if (!(error instanceof pg.DatabaseError) || isPassing(error)) throw error
    throw new StartFailure('migration_failed', `The migration ${migration.name} failed: ${error.message}. The database is as it was before it.`, {
      cause: error,
    })
  }
}

async function note(client: pg.Client, { name, checksum }: Migration): Promise<void> {
  await client.query(
    'insert into _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count) values ($1, $2, clock_timestamp(), clock_timestamp(), $3, 1)',
    [randomUUID(), checksum, name],
  )
}

/** Failures of the machine (class 53: disk full, memory; 57: shut down), which are reported as such. */
function isPassing(error: pg.DatabaseError): boolean {
  return error.code?.startsWith('53') === true || error.code?.startsWith('57') === true
}
