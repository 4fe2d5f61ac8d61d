import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { silentLogger } from '../../../tests/support/test-connector.ts'
import { inTransaction } from '../database/pool.ts'
import { appendLiveEvents } from './append-live-events.ts'
import { followLiveEvents } from './follow-live-events.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const append = (subjectId: string) => inTransaction(database.pool, (tx) => appendLiveEvents(tx, [{ type: 'user.changed', subjectId, payload: {} }]))

test('what is told of while it looks whether something is held back does not wait for the next look', async () => {
  // The poll that would find it a second later never comes.
  vi.useFakeTimers({ toFake: ['setInterval'] })
  const query = database.pool.query.bind(database.pool) as (asked: unknown, values: unknown) => Promise<unknown>
  const heard: (string | null)[] = []
  let isFirst = true
  vi.spyOn(database.pool, 'query').mockImplementation((async (asked: { name?: string }, values: unknown) => {
    const answer = await query(asked, values)
    if (asked.name !== 'live events held back' || !isFirst || !heard.includes('first')) return answer
    isFirst = false
    await append('second')
    await told
    return answer
  }) as never)
  let hear = () => {}
  const told = new Promise<void>((resolve) => {
    hear = resolve
  })
  const listener = await database.pool.connect()
  const follower = await followLiveEvents({ pool: database.pool, databaseUrl: database.url, logger: silentLogger }, (items) =>
    heard.push(...items.map(({ subjectId }) => subjectId)),
  )
  // Connected later, told later: what it hears, the follower has heard.
  listener.on('notification', () => heard.includes('first') && !isFirst && setTimeout(hear, 50))
  await listener.query('listen live_events')
  await append('first')
  // Not vi.waitFor: it moves the false clock on.
  for (let tries = 0; tries < 6_000 && heard.length < 2; tries++) await pause(10)
  expect(heard).toEqual(['first', 'second'])
  await follower.close()
  listener.release(true)
  vi.restoreAllMocks()
  vi.useRealTimers()
})
