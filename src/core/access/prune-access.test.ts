import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { claimAnswer } from './idempotency-store.ts'
import { pruneAccess } from './prune-access.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

describe('pruneAccess', () => {
  it('removes what has run out and keeps the rest', async () => {
    const { pool } = database
    for (const key of ['old', 'new']) await claimAnswer(pool, { actor: 'a', key, route: 'r', hash: 'h' })
    await pool.query(`update idempotency_keys set created_at = now() - interval '25 hours' where key = 'old'`)
    await pool.query(
      `insert into refusals (id, connector, key, at, reason, method, headers, body)
       select gen_random_uuid(), 'form', age::text, now() - age * interval '1 hour', 'r', 'POST', '{}', '' from unnest(array[1, 25]) as age`,
    )
    await pool.query(
      `insert into verifications (id, identifier, value, expires_at, updated_at)
       select gen_random_uuid(), minutes::text, 'v', now() + minutes * interval '1 minute', now() from unnest(array[-1, 1]) as minutes`,
    )
    await pruneAccess(pool)
    const left = async (query: string) => (await pool.query<{ name: string }>(query)).rows.map((row) => row.name)
    expect(await left('select key as name from idempotency_keys')).toEqual(['new'])
    expect(await left('select key as name from refusals')).toEqual(['1'])
    expect(await left('select identifier as name from verifications')).toEqual(['1'])
  })
})
