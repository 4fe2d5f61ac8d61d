import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMetrics } from '../../src/api/http/health.ts'
import { openSockets } from '../../src/api/realtime/socket-server.ts'
import type { ApiDeps } from '../../src/api/routes/context.ts'
import { createApi } from '../../src/api/server.ts'
import type { Role, Scope } from '../../src/core/access/actor.ts'
import { hashApiKey, newApiKey } from '../../src/core/access/api-key.ts'
import { insertApiKey } from '../../src/core/access/api-key-store.ts'
import { hashedPassword } from '../../src/core/access/password.ts'
import { createSignIn } from '../../src/core/access/sign-in.ts'
import { insertUser } from '../../src/core/access/user-store.ts'
import { openChannelDirectory } from '../../src/core/channels/channel-directory.ts'
import { createHubs } from '../../src/core/channels/hub.ts'
import { createVault } from '../../src/core/channels/vault.ts'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction } from '../../src/core/database/pool.ts'
import { openPrisma } from '../../src/core/database/prisma.ts'
import { CoreError } from '../../src/core/errors.ts'
import { openFiles } from '../../src/core/files/files.ts'
import { createApprovedTemplates } from '../../src/core/templates/approved-templates.ts'
import { testDatabase } from './database.ts'
import { noNameServer } from './fake-dns.ts'
import { silentLogger, testConnector } from './test-connector.ts'

export interface ApiHub {
  url: string
  deps: ApiDeps
  /** `fetch` under /api/v1 with JSON in and out. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  makeKey(role: Role, scopes?: Scope[]): Promise<{ id: string; key: string }>
  makeUser(role: Role, changes?: { email?: string; ownClientsOnly?: boolean }): Promise<{ id: string; email: string; password: string }>
  /** The session cookie. */
  signIn(email: string, password: string): Promise<string>
  close(): Promise<void>
}

export interface CallOptions {
  key?: string | undefined
  cookie?: string
  body?: unknown
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  type: string
  /** Of every shape: tests look into it. */
  body: ReturnType<typeof JSON.parse>
}

/** API and sockets on a port of 127.0.0.1, with a fresh database and no intake. `changes` replace what the routes work with. */
export async function startApiHub(changes: Partial<Pick<ApiDeps, 'connectors' | 'dns' | 'logger'>> = {}): Promise<ApiHub> {
  const database = await testDatabase()
  const prisma = openPrisma(database.url)
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-api-'))
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const deps = await apiDeps({ url: `http://127.0.0.1:${port}`, database, prisma, folder }, changes)
  server.on('request', createApi({ ...deps, metrics: openMetrics(), trustProxy: false }))
  const sockets = await openSockets({ ...deps, isOneOfMany: false }, server)
  return {
    url: deps.publicUrl,
    deps,
    call: (method, path, options) => call(deps.publicUrl, method, path, options),
    makeKey: (role, scopes) => makeKey(deps, role, scopes),
    makeUser: (role, changes) => makeUser(deps, role, changes),
    signIn: (email, password) => signIn(deps.publicUrl, email, password),
    async close() {
      await sockets.close()
      server.closeAllConnections()
      await deps.directory.close()
      await prisma.$disconnect()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

interface Ground {
  url: string
  database: Awaited<ReturnType<typeof testDatabase>>
  prisma: ApiDeps['prisma']
  folder: string
}

async function apiDeps({ url, database, prisma, folder }: Ground, changes: Partial<ApiDeps>): Promise<ApiDeps> {
  const vault = createVault(Buffer.alloc(32, 7))
  const connectors = [testConnector({ embed: (channel, language) => ({ script: `/* ${language} ${channel.hookUrl} */` }) })]
  const base = { pool: database.pool, databaseUrl: database.url, vault, connectors, logger: silentLogger, publicUrl: url, ...changes }
  const directory = await openChannelDirectory(base)
  const noIntake = () => Promise.reject(new CoreError('not_found'))
  const hubOf = createHubs({ ...base, directory, deliver: noIntake })
  return {
    ...base,
    prisma,
    directory,
    files: openFiles({ dataDir: folder }),
    signIn: createSignIn({ ...base, prisma, secret: vault.mac('sign-in', 'secret') }),
    dns: changes.dns ?? noNameServer,
    firm: changes.firm ?? (() => ({ defaultCountry: 'RU', own: new Set() })),
    about: { version: '0.0.0', dataDir: folder, isEmbedded: true, backupEveryHours: 24 },
    hubOf,
    approved: createApprovedTemplates({ ...base, directory, hubOf }),
    jobs: { define: () => {}, add: async () => {}, every: async () => {}, close: async () => {} },
    readReadme: async () => '# Test',
    intake: { replay: noIntake, release: noIntake, deliver: noIntake, wake: () => {} },
  }
}

async function call(url: string, method: string, path: string, { key, cookie, body, headers }: CallOptions = {}): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text }
}

async function makeKey({ pool }: ApiDeps, role: Role, scopes: Scope[] = []): Promise<{ id: string; key: string }> {
  const id = newId()
  const key = newApiKey()
  await insertApiKey(pool, { id, name: role, hash: hashApiKey(key), prefix: 'sb_', role, scopes, createdBy: null })
  return { id, key }
}

const password = 'a long password'
const passwordHash = hashedPassword(password)

async function makeUser({ pool }: ApiDeps, role: Role, changes: { email?: string; ownClientsOnly?: boolean } = {}) {
  const user = { name: role, email: `${role}-${newId()}@example.com`, role, ownClientsOnly: false, ...changes, language: 'en' as const, teamIds: [] }
  const hash = await passwordHash
  const id = await inTransaction(pool, (tx) => insertUser(tx, { ...user, passwordHash: hash }))
  return { id, email: user.email, password }
}

async function signIn(url: string, email: string, secret: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: secret }),
  })
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0])
  if (response.status !== 200) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
  return cookie.join('; ')
}
