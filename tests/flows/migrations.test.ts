import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate, readMigrations } from '../../src/core/database/migrate.ts'
import { emptyDatabase } from '../support/database.ts'

const root = resolve(import.meta.dirname, '../..')
const migrationsDir = join(root, 'prisma/migrations')
const schema = join(root, 'prisma/schema.prisma')
const names = readMigrations(migrationsDir).map((migration) => migration.name)

let database: Awaited<ReturnType<typeof emptyDatabase>>
let folder: string

beforeEach(async () => {
  database = await emptyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'hub-migrations-'))
})

afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

interface Outcome {
  code: number
  output: string
}

/** The Prisma CLI with the engine of scripts/schema-engine.mjs. */
function prisma(...args: string[]): Promise<Outcome> {
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'scripts/schema-engine.mjs'),
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
  }
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), ...args], { cwd: root, env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
    })
  })
}

/** `prisma migrate diff`: 0 when nothing differs, 2 with the difference as SQL. */
function difference(from: string[], to: string): Promise<Outcome> {
  return prisma('migrate', 'diff', ...from, '--to-schema', to, '--exit-code', '--script')
}

async function query(sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  return client.query(sql).finally(() => client.end())
}

describe('schema and migrations', { timeout: 240_000 }, () => {
  test('agree', async () => {
    const { code, output } = await difference(['--from-migrations', migrationsDir], schema)
    expect(output).not.toMatch(/(create|alter|drop) /i)
    expect(code).toBe(0)
  })

  test('a planted difference is noticed', async () => {
    const text = await readFile(schema, 'utf8')
    const changed = join(folder, 'schema.prisma')
    await writeFile(changed, text.replace('model User {', 'model User {\n  planted String?'))
    const { code, output } = await difference(['--from-migrations', migrationsDir], changed)
    expect(code).toBe(2)
    expect(output).toContain('ADD COLUMN     "planted" TEXT')
  })

  test('what our runner makes is what the schema says, and Prisma finds nothing left to do', async () => {
    await migrate(database.url, migrationsDir)
    expect(await difference(['--from-config-datasource'], schema)).toMatchObject({ code: 0 })
    expect((await prisma('migrate', 'status')).output).toContain('Database schema is up to date!')
    expect((await prisma('migrate', 'deploy')).output).toContain('No pending migrations to apply')
  })

  test('what "prisma migrate deploy" has made, our runner takes over', async () => {
    expect(await prisma('migrate', 'deploy')).toMatchObject({ code: 0 })
    expect(await migrate(database.url, migrationsDir)).toEqual([])
  })
})

describe('an older database', () => {
  /** The next release, as far as migrations go. */
  async function laterMigrations(sql: string): Promise<string> {
    const later = join(folder, 'migrations')
    await cp(migrationsDir, later, { recursive: true })
    await mkdir(join(later, '20991231000000_later'))
    await writeFile(join(later, '20991231000000_later', 'migration.sql'), sql)
    return later
  }

  const fill = `
    insert into settings (name, value, updated_at) values ('firm', '{"name": "Ромашка"}', now());
    insert into users (id, name, email, updated_at) values (gen_random_uuid(), 'Анна', 'anna@example.com', now())`

  test('comes up filled, and keeps what it had', async () => {
    await migrate(database.url, migrationsDir)
    await query(fill)
    const later = await laterMigrations(`alter table users add column nickname text; update users set nickname = lower(name)`)
    expect(await migrate(database.url, later)).toEqual(['20991231000000_later'])
    expect((await query('select name, nickname from users')).rows).toEqual([{ name: 'Анна', nickname: 'анна' }])
    expect((await query("select value from settings where name = 'firm'")).rows).toEqual([{ value: { name: 'Ромашка' } }])
  })

  test('comes up empty', async () => {
    const later = await laterMigrations('alter table users add column nickname text')
    expect(await migrate(database.url, later)).toEqual([...names, '20991231000000_later'])
  })

  test('is as it was when a migration fails', async () => {
    await migrate(database.url, migrationsDir)
    await query(fill)
    const later = await laterMigrations('alter table users add column nickname text; alter table users add column nickname text')
    await expect(migrate(database.url, later)).rejects.toMatchObject({ code: 'migration_failed' })
    expect((await query('select * from users')).fields.map((field) => field.name)).not.toContain('nickname')
    expect(await migrate(database.url, migrationsDir)).toEqual([])
  })
})
