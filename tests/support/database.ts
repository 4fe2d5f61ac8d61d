import { createHash, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import pg from 'pg'
import { migrate, readMigrations } from '../../src/core/database/migrate.ts'
import { openPool, type Pool } from '../../src/core/database/pool.ts'

export interface TestDatabase {
  url: string
  pool: Pool
  close(): Promise<void>
}

const migrationsDir = resolve(import.meta.dirname, '../../prisma/migrations')
/** Serialises the making of the template between test processes. */
const templateLock = 72707370

/** A fresh database with every migration applied, on the server of the whole test run; `close` drops it. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = await migratedTemplate()
  const database = await createDatabase(template)
  const pool = openPool(database.url)
  return {
    url: database.url,
    pool,
    async close() {
      await pool.end()
      await database.drop()
    },
  }
}

/** A fresh database with nothing in it, of the letters that the embedded one has or of others. */
export async function emptyDatabase(locale?: string): Promise<{ url: string; drop(): Promise<void> }> {
  return createDatabase(`template0 ${locale ?? (await onServer(localeClause))}`)
}

async function createDatabase(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} template ${template}`))
  return {
    url: databaseUrl(name),
    drop: () => onServer(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}

let template: Promise<string> | undefined

function migratedTemplate(): Promise<string> {
  template ??= makeTemplate()
  return template
}

/** One template per server and per state of the migrations. */
async function makeTemplate(): Promise<string> {
  const checksums = readMigrations(migrationsDir).map((migration) => migration.checksum)
  const name = `switchboard_test_template_${createHash('sha256').update(checksums.join()).digest('hex').slice(0, 16)}`
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock])
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount) return
    const unfinished = `${name}_unfinished`
    await client.query(`drop database if exists ${unfinished} with (force)`)
    await client.query(`create database ${unfinished} template template0 ${await localeClause(client)}`)
    await migrate(databaseUrl(unfinished), migrationsDir)
    await client.query(`alter database ${unfinished} rename to ${name}`)
  })
  return name
}

/** As the embedded database has it. Under the character type "C" trigrams do not see Cyrillic letters. */
async function localeClause(client: pg.Client): Promise<string> {
  const found = await client.query("select 1 from pg_database where datname = 'template0' and datctype in ('C', 'POSIX')")
  return found.rowCount ? "lc_ctype 'C.UTF-8'" : ''
}

async function onServer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_SERVER
  if (!url) throw new Error('TEST_DATABASE_SERVER is not set: run the tests by vitest with the config of this repository')
  return url
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}
