import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import { inTransaction, plannedOnce } from '../database/pool.ts'
import { claimAlone, claimFresh, claimNamed, noteAttempt, takeOverAttempts } from './claim-store.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(
    `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, size, sha256, received_at)
     select gen_random_uuid(), gen_random_uuid(), 'd' || n, 'POST', '', '', '{}', 0, '\\x00', now() + n * interval '1 ms' from generate_series(1, 5) n`,
  )
})

afterAll(() => database.close())

test('what one worker holds, another does not get, and it is free the moment the first is gone', async () => {
  const { pool } = database
  await inTransaction(pool, async (first) => {
    const { deliveries: held } = await claimFresh(first, 2)
    const { deliveries: others } = await inTransaction(pool, (second) => claimFresh(second, 10))
    expect(held).toHaveLength(2)
    expect(others).toHaveLength(3)
    expect(others.map((delivery) => delivery.id)).not.toContain(held[0]?.id)
  })
  expect((await inTransaction(pool, (tx) => claimFresh(tx, 10))).deliveries).toHaveLength(5)
})

test('what a dead worker was applying is tried alone, and each death counts; what a living one applies does not', async () => {
  const { pool } = database
  const mine = { id: newId(), process: newId() }
  const theirs = { id: newId(), process: newId() }
  await inTransaction(pool, async (tx) => {
    const { deliveries, session } = await claimFresh(tx, 1)
    const [delivery] = deliveries
    if (!delivery) throw new Error('nothing to claim')
    await noteAttempt(pool, theirs, session, [delivery.id])
    expect(await takeOverAttempts(pool, mine.process)).toBe(0)
  })
  const [delivery] = (await inTransaction(pool, (tx) => claimFresh(tx, 1))).deliveries
  if (!delivery) throw new Error('nothing to claim')
  for (const deaths of [1, 2, 3]) {
    await noteAttempt(pool, theirs, 2 ** 22 + 1, [delivery.id])
    expect(await takeOverAttempts(pool, theirs.process)).toBe(0)
    expect(await takeOverAttempts(pool, mine.process)).toBe(1)
    const alone = await inTransaction(pool, (tx) => claimAlone(tx))
    expect(alone.deliveries).toMatchObject([{ id: delivery.id, attempts: deaths }])
  }
  expect((await inTransaction(pool, (tx) => claimFresh(tx, 10))).deliveries).toHaveLength(4)
})

test('what is named is found by its name, however much waits before it and however little the planner thinks there is', async () => {
  const { pool } = database
  const store = (status: string) =>
    pool.query(
      `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, size, sha256, received_at, status)
       select gen_random_uuid(), gen_random_uuid(), $1 || n, 'POST', '', '', '{}', 0, '\\x00', now(), $1 from generate_series(1, 20000) n`,
      [status],
    )
  await store('applied')
  await pool.query('analyze deliveries')
  await store('received')
  const { rows } = await pool.query<{ id: string }>(`select id from deliveries where status = 'received' order by received_at desc, id desc limit 3`)
  const ids = rows.map(({ id }) => id)
  await inTransaction(
    pool,
    async (tx) => {
      expect((await claimNamed(tx, [...ids, newId()])).deliveries.map(({ id }) => id).sort()).toEqual(ids.toSorted())
      const plan = await tx.query<{ 'QUERY PLAN': string }>(`explain execute "claim named" ('{${ids.join()}}')`)
      expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('deliveries_pkey')
    },
    plannedOnce,
  )
})
