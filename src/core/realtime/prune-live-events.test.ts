import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { inTransaction } from '../database/pool.ts'
import { appendLiveEvents } from './append-live-events.ts'
import { CursorExpired } from './live-event.ts'
import { pruneLiveEvents } from './prune-live-events.ts'
import { readLiveEvents } from './read-live-events.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('takes what is old away piece by piece, and refuses the cursors before it', async () => {
  const { pool } = database
  for (let number = 0; number < 8; number++)
    await inTransaction(pool, (tx) => appendLiveEvents(tx, [{ type: 'user.changed', subjectId: `${number}`, payload: {} }]))
  await pool.query(`update live_events set at = now() - interval '8 days' where subject_id <> '7'`)
  const cursorOf = async (subject: string) =>
    (await pool.query(`select transaction_id || '.' || id as cursor from live_events where subject_id = $1`, [subject])).rows[0].cursor as string
  const [first, last] = [await cursorOf('0'), await cursorOf('6')]
  expect(await pruneLiveEvents(pool, undefined, 3)).toBe(7)
  expect((await pool.query('select subject_id from live_events')).rows).toEqual([{ subject_id: '7' }])
  await expect(readLiveEvents(pool, { after: first, limit: 10 })).rejects.toThrow(CursorExpired)
  expect((await pool.query(`select value from settings where name = 'live_events_floor'`)).rows).toEqual([{ value: { cursor: last } }])
  expect(await pruneLiveEvents(pool)).toBe(0)
})
