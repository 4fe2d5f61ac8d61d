import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { failToStart, startHub } from '../support/hub-process.ts'

const key = `swb_${randomBytes(24).toString('base64url')}`
let database: TestDatabase
let dataDir: string

beforeAll(async () => {
  database = await testDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'outside-connector-'))
})

afterAll(async () => {
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
})

function env(connectors: string): Record<string, string> {
  return { DATABASE_URL: database.url, DATA_DIR: dataDir, ADMIN_API_KEY: key, CONNECTORS: connectors }
}

it('takes what an outside connector understands, as if it were built in', async () => {
  const hub = await startHub({ env: env('examples/connector-example') })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const api = async (where: string, init: RequestInit = {}) => (await fetch(`${hub.url}/api/v1${where}`, { headers, ...init })).json()
  try {
    const made = await api('/channels', {
      method: 'POST',
      body: JSON.stringify({ connector: 'doorbell', name: 'Door', settings: { shop: 'Тверская' } }),
    })
    const ring = { kind: 'ring', id: 'r-1', name: 'Вера', phone: '+7 916 000-11-22', text: 'Перезвоните' }
    const answer = await fetch(new URL(new URL(made.hookUrl).pathname, hub.url), { method: 'POST', body: JSON.stringify(ring) })
    expect(answer.status).toBe(200)
    const names = async () => (await api('/contacts?query=89160001122')).items.map(({ name }: { name: string }) => name)
    await expect.poll(names, { timeout: 60_000 }).toEqual(['Вера'])
  } finally {
    await hub.end()
  }
}, 240_000)

it('refuses to start with one that is none, in one line that names it', async () => {
  const { code, stderr } = await failToStart({ env: env('examples/no-such-connector') })
  expect(code).not.toBe(0)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('CONNECTORS: examples/no-such-connector is neither a file, a folder with connector.ts nor an installed package')
}, 240_000)
