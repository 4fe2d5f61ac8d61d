import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { inTransaction } from './pool.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('a transaction whose failure nobody heard is not said to be committed', async () => {
  const unheard = inTransaction(database.pool, async (tx) => {
    await tx.query(`insert into settings (name, value, updated_at) values ('kept', '1', now())`)
    await tx.query('select 1 / 0').catch(() => {})
    return 'done'
  })
  await expect(unheard).rejects.toThrow('nothing of it was kept')
  expect((await database.pool.query('select name from settings')).rows).toEqual([])
})
