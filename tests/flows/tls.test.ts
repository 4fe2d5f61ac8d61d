import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'

let folder: string
let ca: Buffer
let database: TestDatabase
let hub: HubProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-tls-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=hub', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ]
  execFileSync('openssl', made, { stdio: 'ignore' })
  ca = await readFile(cert)
  database = await testDatabase()
  const port = String(await freePort())
  const env = { PORT: port, PUBLIC_URL: `https://127.0.0.1:${port}`, TLS_CERT: cert, TLS_KEY: key, DATA_DIR: join(folder, 'data') }
  hub = await startHub({ env: { ...env, DATABASE_URL: database.url, ADMIN_API_KEY: 'tls-key-0123456789abcdef' }, ca })
}, 240_000)

afterAll(async () => {
  await hub?.end()
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(url: string, method = 'GET', body?: object): Promise<{ status: number | undefined; text: string }> {
  const headers = { authorization: 'Bearer tls-key-0123456789abcdef', 'content-type': 'application/json' }
  const asked = request(url, { method, ca, headers }).end(body && JSON.stringify(body))
  const [response] = await once(asked, 'response')
  return { status: response.statusCode, text: await text(response) }
}

test('console, API and hooks are served over TLS by the given certificate', async () => {
  const made = await ask(`${hub.url}/api/v1/channels`, 'POST', { connector: 'form', name: 'Site', settings: {} })
  expect(made.status).toBe(201)
  const { hookUrl } = JSON.parse(made.text) as { hookUrl: string }
  expect(hookUrl).toMatch(/^https:/)
  expect((await ask(hookUrl, 'POST', { name: 'Анна', phone: '+79161234567' })).status).toBe(200)
  expect((await ask(hub.url)).status).toBe(200)
  await expect(fetch(`${hub.url.replace('https', 'http')}/healthz`)).rejects.toThrow('fetch failed')
})
