import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { testRedis } from '../../../tests/support/redis.ts'
import { silentLogger } from '../../../tests/support/test-connector.ts'
import { type Jobs, openJobs } from './queue.ts'

const redis = await testRedis()
if (!redis && process.env.CI) throw new Error('redis-server is not installed')
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.close()
  await redis?.close()
})

describe.each(redis ? ['postgresql', 'redis'] : ['postgresql'])('jobs on %s', (store) => {
  const opened: Jobs[] = []
  const open = (work = true) => {
    const jobs = openJobs({ databaseUrl: database.url, redisUrl: store === 'redis' ? redis?.url : undefined, logger: silentLogger, work })
    opened.push(jobs)
    return jobs
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((jobs) => jobs.close()))
  })
  it('runs what another process added, with its data', async () => {
    const ran = vi.fn(async () => {})
    open().define('greet', ran)
    const adder = open(false)
    adder.define('greet', async () => {})
    await adder.add('greet', { name: 'Anna' })
    await vi.waitFor(() => expect(ran).toHaveBeenCalledWith({ name: 'Anna' }), 60_000)
  })

  it('does not add an id twice while it waits, and takes it again once it is done', async () => {
    const ran = vi.fn(async () => {})
    const adder = open(false)
    adder.define('once', async () => {})
    await adder.add('once', { n: 1 }, { jobId: 'same-id' })
    await adder.add('once', { n: 2 }, { jobId: 'same-id' })
    open().define('once', ran)
    await vi.waitFor(() => expect(ran).toHaveBeenCalledTimes(1), 60_000)
    await new Promise((done) => setTimeout(done, 200))
    expect(ran).toHaveBeenCalledTimes(1)
    // It is done a moment after it ran: until then the id is not free.
    await vi.waitFor(
      async () => {
        await adder.add('once', { n: 3 }, { jobId: 'same-id' })
        expect(ran.mock.calls.length).toBeGreaterThanOrEqual(2)
      },
      { timeout: 60_000, interval: 100 },
    )
  })

  it('waits before a delayed one, and tries a failed one again', async () => {
    const times: number[] = []
    const jobs = open()
    jobs.define(
      'flaky',
      async () => {
        times.push(Date.now())
        if (times.length < 3) throw new Error('not yet')
      },
      { attempts: 3, backOffMs: 50 },
    )
    const added = Date.now()
    await jobs.add('flaky', {}, { delayMs: 300 })
    await vi.waitFor(() => expect(times).toHaveLength(3), 60_000)
    expect((times[0] ?? 0) - added).toBeGreaterThanOrEqual(290)
  })

  it('repeats, once for all processes', async () => {
    const ran = vi.fn(async () => {})
    for (const jobs of [open(), open()]) {
      jobs.define('tick', ran)
      await jobs.every('tick', 250)
    }
    await vi.waitFor(() => expect(ran.mock.calls.length).toBeGreaterThanOrEqual(3), 60_000)
    const [before, began] = [ran.mock.calls.length, Date.now()]
    await new Promise((done) => setTimeout(done, 1_000))
    // Both processes together would run it eight times a second.
    expect(ran.mock.calls.length - before).toBeLessThanOrEqual((Date.now() - began) / 250 + 2)
  })

  it('lets a running job finish when it closes', async () => {
    const done = vi.fn()
    const started = vi.fn()
    const jobs = open()
    jobs.define('slow', async () => {
      started()
      await new Promise((resolve) => setTimeout(resolve, 400))
      done()
    })
    await jobs.add('slow', {})
    await vi.waitFor(() => expect(started).toHaveBeenCalled(), 60_000)
    await jobs.close()
    expect(done).toHaveBeenCalledOnce()
    opened.length = 0
  })
})
