import { resolve } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emptyDatabase, testDatabase } from '../../../tests/support/database.ts'
import { migrate, readMigrations } from './migrate.ts'

const migrationsDir = resolve(import.meta.dirname, '../../../prisma/migrations')
const names = readMigrations(migrationsDir).map((migration) => migration.name)

let database: Awaited<ReturnType<typeof emptyDatabase>>

beforeEach(async () => {
  database = await emptyDatabase()
})

afterEach(() => database.drop())

async function query(sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  return client.query(sql, values).finally(() => client.end())
}

describe('migrate', () => {
  test('brings an empty database up, and does nothing the second time', async () => {
    expect(await migrate(database.url, migrationsDir)).toEqual(names)
    expect(await migrate(database.url, migrationsDir)).toEqual([])
    expect((await query('select count(*)::int as count from deliveries')).rows).toEqual([{ count: 0 }])
  })

  test('applies each migration once when several processes start together', async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, migrationsDir)))
    expect(applied.flat()).toEqual(names)
  })

  test('refuses a database that a newer version has migrated', async () => {
    await migrate(database.url, migrationsDir)
    await query("insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('x', 'x', now(), '20991231000000_later')")
    await expect(migrate(database.url, migrationsDir)).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('20991231000000_later'),
    })
  })

  test('refuses a migration that was changed after it had been applied', async () => {
    await migrate(database.url, migrationsDir)
    await query("update _prisma_migrations set checksum = 'other'")
    await expect(migrate(database.url, migrationsDir)).rejects.toMatchObject({ code: 'migration_failed' })
  })

  test('refuses a migration that another tool left half done, until it is rolled back', async () => {
    await migrate(database.url, migrationsDir)
    await query("insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'x', $1)", [names[0]])
    await expect(migrate(database.url, migrationsDir)).rejects.toMatchObject({ code: 'migration_failed' })
    await query("update _prisma_migrations set rolled_back_at = now() where id = 'x'")
    expect(await migrate(database.url, migrationsDir)).toEqual([])
  })
})

test('testDatabase gives each caller a database of its own', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await one.pool.query("insert into settings (name, value, updated_at) values ('mine', '1', now())")
  expect((await other.pool.query('select * from settings')).rows).toEqual([])
  await Promise.all([one.close(), other.close()])
})
