import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'

vi.setConfig({ testTimeout: 240_000 })

const key = 'swb_key-of-a-hub-that-replays-000001'
const sent = 300
let database: TestDatabase
let folder: string
let env: Record<string, string>
let hub: HubProcess

beforeAll(async () => {
  ;[database, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'hub-replay-kill-'))])
  const port = String(await freePort())
  const secret = 'replay-kill-'.padEnd(64, '0')
  env = { DATA_DIR: folder, DATABASE_URL: database.url, PORT: port, HOST: '127.0.0.1', ADMIN_API_KEY: key, SECRET_KEY: secret, LOG_LEVEL: 'fatal' }
  env.PUBLIC_URL = `http://127.0.0.1:${port}`
  hub = await startHub({ env })
})
afterAll(async () => {
  await hub.end('SIGKILL')
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function api(method: string, path: string, body: object = {}): Promise<ReturnType<typeof JSON.parse>> {
  const answer = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return await answer.json()
}

const count = async (sql: string) => Number((await database.pool.query(`select count(*) as count ${sql}`)).rows[0]?.count)

async function submitAll(): Promise<void> {
  const { hookUrl } = await api('POST', '/channels', { connector: 'form', name: 'Site', settings: {} })
  await Promise.all(
    Array.from({ length: sent }, async (_, n) => {
      const body = new URLSearchParams({ Name: `Client ${n}`, Phone: `+7927${String(1_000_000 + n)}`, Topic: 'Windows' })
      const answer = await fetch(hookUrl, { method: 'POST', body })
      expect(answer.status).toBeLessThan(400)
    }),
  )
  await expect.poll(() => count(`from deliveries where status = 'applied'`), { timeout: 60_000 }).toBe(sent)
}

/** The replay cannot pass a delivery that is locked: it is still at work when the hub is killed, however long we take to look. */
async function holdOneInTheMiddle(): Promise<() => Promise<void>> {
  const client = await database.pool.connect()
  await client.query('begin')
  // By its id: rows that an offset passes over would be locked with it (PostgreSQL, SELECT, "The Locking Clause").
  await client.query(
    'select from deliveries where id = (select id from deliveries order by received_at desc, id desc offset $1 limit 1) for update',
    [sent / 2],
  )
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

test('killed in the middle of a replay, the hub goes on by itself where it was, with nobody looking, and nothing is doubled', async () => {
  await submitAll()
  await database.pool.query(`update entries set subject = 'Read wrongly'`)
  const release = await holdOneInTheMiddle()
  const { id } = await api('POST', '/deliveries/replays', {})
  await expect.poll(async () => (await api('GET', `/deliveries/replays/${id}`)).done, { timeout: 60_000, interval: 5 }).toBeGreaterThan(10)
  await hub.end('SIGKILL')
  await release()
  const before = await count('from deliveries where replays > 0')
  process.stdout.write(`killed behind ${before} of ${sent} deliveries\n`)
  expect(before).toBeLessThan(sent)
  hub = await startHub({ env })
  await expect.poll(async () => (await api('GET', `/deliveries/replays/${id}`)).status, { timeout: 60_000 }).toBe('done')
  const replay = await api('GET', `/deliveries/replays/${id}`)
  expect(replay).toMatchObject({ total: sent, done: sent, failed: 0, added: 0 })
  // The one at which it was killed may have been committed without being noted.
  expect(replay.rewritten).toBeGreaterThanOrEqual(sent - 1)
  expect(await count('from deliveries where replays = 0')).toBe(0)
  expect(await count('from deliveries where replays > 1')).toBeLessThanOrEqual(1)
  expect(await count(`from entries where kind = 'form' and subject = 'Windows'`)).toBe(sent)
  expect(await count(`from entry_versions where cause = 'replay'`)).toBe(sent)
  expect(await count('from outbox')).toBe(0)
  const { items } = await api('GET', '/deliveries/replays')
  expect(items.map((one: { id: string }) => one.id)).toEqual([id])
  expect((await api('POST', `/deliveries/replays/${id}/cancel`)).status).toBe('done')
  expect(await count(`from live_events where type = 'replay.changed' and subject_id = '${id}'`)).toBeGreaterThan(0)
})
