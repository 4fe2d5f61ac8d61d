import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'

vi.setConfig({ testTimeout: 240_000 })

const key = 'swb_key-of-a-hub-that-is-killed-0001'
const rows = 6_000
let database: TestDatabase
let folder: string
let env: Record<string, string>
let hub: HubProcess

beforeAll(async () => {
  ;[database, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'hub-import-kill-'))])
  const port = String(await freePort())
  env = { DATA_DIR: folder, DATABASE_URL: database.url, PORT: port, HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}`, ADMIN_API_KEY: key }
  await restart()
})
afterAll(async () => {
  await hub.end('SIGKILL')
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function api(method: string, path: string, body?: string): Promise<ReturnType<typeof JSON.parse>> {
  const type = path.startsWith('/imports?') ? 'text/csv' : 'application/json'
  const answer = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    ...(method === 'POST' && { body: body ?? '{}' }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return await answer.json()
}

const count = async (from: string) => Number((await database.pool.query(`select count(*) as count from ${from}`)).rows[0]?.count)
const reached = (id: string, status: string) =>
  expect.poll(async () => (await api('GET', `/imports/${id}`)).status, { timeout: 60_000, interval: 100 }).toBe(status)

async function restart(): Promise<void> {
  hub = await startHub({ env: { ...env, SECRET_KEY: 'import-kill-'.padEnd(64, '0'), LOG_LEVEL: 'fatal' } })
}

/** One statement, so that a last commit of the killed hub stands in both counts or in neither. */
async function madeAndReported(): Promise<[number, number]> {
  const { rows: counts } = await database.pool.query(
    'select (select count(*)::int from contacts) as made, (select count(*)::int from import_rows where outcome is not null) as reported',
  )
  return [counts[0].made, counts[0].reported]
}

test('killed in the middle of an import and of its undoing, the hub goes on by itself, and nothing is doubled or half there', async () => {
  const text = ['ФИО;Телефон;Компания', ...Array.from({ length: rows }, (_, n) => `Клиент ${n};+7916${String(1_000_000 + n)};Фирма ${n % 50}`)].join(
    '\n',
  )
  const { id } = await api('POST', '/imports?name=clients.csv', text)
  await reached(id, 'mapping')
  await api('POST', `/imports/${id}/check`)
  await reached(id, 'checked')
  await api('POST', `/imports/${id}/start`)
  await expect.poll(() => count('contacts'), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0)
  await hub.end('SIGKILL')
  const [made, reported] = await madeAndReported()
  expect(made).toBe(reported)
  process.stdout.write(`killed behind ${made} of ${rows} rows\n`)
  await restart()
  await reached(id, 'done')
  expect(await Promise.all(['contacts', 'identities', 'contact_identities', 'companies'].map(count))).toEqual([rows, rows, rows, 50])
  await api('POST', `/imports/${id}/undo`)
  await expect.poll(() => count('contacts'), { timeout: 60_000, interval: 5 }).toBeLessThan(rows)
  await hub.end('SIGKILL')
  await restart()
  await reached(id, 'undone')
  expect(await Promise.all(['contacts', 'identities', 'contact_identities', 'companies'].map(count))).toEqual([0, 0, 0, 0])
})
