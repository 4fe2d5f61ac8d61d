import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { systemActor } from '../../core/access/actor.ts'
import { createVault } from '../../core/channels/vault.ts'
import type { ApiContext } from '../routes/context.ts'
import { answerOnce } from './idempotency.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const vault = createVault(Buffer.alloc(32, 5))

function ask(key: string, run: () => Promise<unknown>, seal = vault.seal): Promise<unknown> {
  const deps = { pool: database.pool, vault: { ...vault, seal } }
  const context = { headers: new Headers({ 'idempotency-key': key }), actor: systemActor, deps } as unknown as ApiContext
  return answerOnce(context, { operation: 'messages.create', input: { text: 'hello' } }, run)
}

test('gives the first answer again, and lets what failed be tried again', async () => {
  let runs = 0
  const run = async () => ({ runs: ++runs })
  await expect(ask('failed', () => Promise.reject(new Error('no line')))).rejects.toThrow('no line')
  expect([await ask('failed', run), await ask('failed', run)]).toEqual([{ runs: 1 }, { runs: 1 }])
})

test('does not do it again when it was done and its answer could not be kept', async () => {
  let runs = 0
  const run = async () => ({ runs: ++runs })
  const broken = () => {
    throw new Error('Connection terminated unexpectedly')
  }
  await expect(ask('lost', run, broken)).rejects.toThrow('Connection terminated')
  await expect(ask('lost', run)).rejects.toMatchObject({ code: 'idempotency_unfinished' })
  expect(runs).toBe(1)
})
