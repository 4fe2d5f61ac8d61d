import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { inRetriedTransaction } from './retried-transaction.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

it('outlives a deadlock, and repeats nothing else', async () => {
  await database.pool.query(`insert into settings (name, value, updated_at) values ('a', '0', now()), ('b', '0', now())`)
  const bump = 'update settings set value = to_jsonb(value::int + 1) where name = $1'
  const inOrder = (names: string[]) =>
    inRetriedTransaction(database.pool, async (tx) => {
      for (const name of names) {
        await tx.query(bump, [name])
        await new Promise((done) => setTimeout(done, 50))
      }
    })
  await Promise.all([inOrder(['a', 'b']), inOrder(['b', 'a'])])
  const { rows } = await database.pool.query(`select value from settings where name in ('a', 'b')`)
  expect(rows).toEqual([{ value: 2 }, { value: 2 }])
  let runs = 0
  const failing = inRetriedTransaction(database.pool, async () => {
    runs++
    throw new Error('a mistake')
  })
  await expect(failing).rejects.toThrow('a mistake')
  expect(runs).toBe(1)
})
