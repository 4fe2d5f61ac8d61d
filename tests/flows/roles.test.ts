import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { type HubProcess, startHub } from '../support/hub-process.ts'
import { testRedis } from '../support/redis.ts'

const adminKey = 'roles-test-key-0123456789'
const main = resolve(import.meta.dirname, '../../src/main.ts')

let database: TestDatabase
let redis: Awaited<ReturnType<typeof testRedis>>
let folder: string
let env: Record<string, string>
let web: HubProcess
const others: ChildProcess[] = []

beforeAll(async () => {
  database = await testDatabase()
  redis = await testRedis()
  folder = await mkdtemp(join(tmpdir(), 'switchboard-roles-'))
  env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SECRET_KEY: 'one key for all processes',
    ADMIN_API_KEY: adminKey,
    ...(redis && { REDIS_URL: redis.url }),
  }
  web = await startHub({ env: { ...env, ROLE: 'web' } })
})
afterAll(async () => {
  await Promise.all(others.map((child) => stop(child)))
  await web.end()
  await redis?.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function startRole(role: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? '', ...env, ROLE: role }, stdio: ['ignore', 'pipe', 'inherit'] })
  others.push(child)
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await vi.waitFor(() => expect(said).toContain(`is ready: ${role}`), { timeout: 60_000 })
  return child
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

async function call(path: string, body?: object): Promise<{ items?: unknown[]; hookUrl?: string }> {
  const answer = await fetch(`${web.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  expect(answer.ok).toBe(true)
  return (await answer.json()) as { items?: unknown[]; hookUrl?: string }
}

test('web takes, a worker applies; while no worker lives everything waits, and the next one takes over', { timeout: 240_000 }, async () => {
  const channel = await call('/channels', { connector: 'form', name: 'Site', settings: {} })
  const hook = new URL(channel.hookUrl ?? '').pathname
  const post = async (phone: string) => {
    const answer = await fetch(web.url + hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Анна', phone }),
    })
    expect(answer.status).toBe(200)
  }
  const foundBy = async (phone: string) => (await call(`/contacts?query=${phone}`)).items?.length
  await post('+79270002001')
  expect(await foundBy('9270002001')).toBe(0)
  expect((await call('/deliveries?status=received')).items).toHaveLength(1)

  const worker = await startRole('worker')
  await vi.waitFor(async () => expect(await foundBy('9270002001')).toBe(1), { timeout: 60_000 })
  await post('+79270002002')
  await vi.waitFor(async () => expect(await foundBy('9270002002')).toBe(1), { timeout: 60_000 })

  await stop(worker, 'SIGKILL')
  await post('+79270002003')
  await startRole('worker')
  await vi.waitFor(async () => expect(await foundBy('9270002003')).toBe(1), { timeout: 60_000 })
  expect((await call('/deliveries?status=parked')).items).toEqual([])
})

test('a listener starts beside them and ends in time', { timeout: 240_000 }, async () => {
  const listener = await startRole('listener')
  const at = Date.now()
  await stop(listener)
  expect(listener.exitCode).toBe(0)
  expect(Date.now() - at).toBeLessThan(30_000)
})
