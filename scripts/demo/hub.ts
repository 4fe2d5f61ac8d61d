import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface DemoHub {
  url: string
  smtpPort: number
  email: string
  password: string
  /** JSON in and out under /api/v1; throws with the answer when it is none of 2xx. */
  call<Body>(method: string, path: string, body?: object): Promise<Body>
  close(): Promise<void>
}

const root = resolve(import.meta.dirname, '../..')
const email = 'demo@kontur-okna63.example'
const password = 'okna-samara-2026'

/** A hub with everything of its own: a folder that is thrown away at the end, and free ports of 127.0.0.1. */
export async function startDemoHub(): Promise<DemoHub> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-demo-'))
  const [port, smtpPort] = await freePorts()
  const url = `http://127.0.0.1:${port}`
  const apiKey = `swb_${randomBytes(24).toString('base64url')}`
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/compiled'),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      DATA_DIR: dataDir,
      PORT: String(port),
      SMTP_IN_PORT: String(smtpPort),
      ADMIN_EMAIL: email,
      ADMIN_PASSWORD: password,
      ADMIN_API_KEY: apiKey,
    },
  })
  const close = async () => {
    await end(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await ready(url, child)
  } catch (error) {
    await close()
    throw error
  }
  return { url, smtpPort, email, password, call: (method, path, body) => call({ url, apiKey }, { method, path, body }), close }
}

interface Request {
  method: string
  path: string
  body: object | undefined
}

async function call<Body>({ url, apiKey }: { url: string; apiKey: string }, { method, path, body }: Request): Promise<Body> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text) as Body
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 90_000
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error('the hub of the demo did not start')
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await sleep(50)
  }
  throw new Error('the hub of the demo is not ready')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(15_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))])
}

/** Two different ones: both are held until both are known. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      return typeof address === 'object' && address !== null ? address.port : 0
    }),
  )
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return [ports[0] ?? 0, ports[1] ?? 0]
}
