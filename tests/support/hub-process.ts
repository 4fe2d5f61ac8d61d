import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '../..')
const nodeFlags: string[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config.nodeFlags.split(' ')

export interface HubProcess {
  child: ChildProcess
  url: string
  /** From spawning to the first 200 of /readyz. */
  readyMs: number
  output(): string
  end(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>
}

export interface FailedStart {
  code: number | null
  stderr: string
  stdout: string
}

export interface HubOptions {
  env: Record<string, string>
  uid?: number
  gid?: number
  /** The certificate that the hub itself shows: it is asked over TLS. */
  ca?: Buffer
}

/** Starts a hub and waits until it is ready. */
export async function startHub(options: HubOptions): Promise<HubProcess> {
  const port = options.env.PORT ?? String(await freePort())
  const started = Date.now()
  const { child, stdout, stderr } = launch({ ...options, env: { ...options.env, PORT: port } })
  const url = `${options.ca ? 'https' : 'http'}://127.0.0.1:${port}`
  const output = () => stdout() + stderr()
  while (!(await (options.ca ? isReadyOverTls(url, options.ca) : isReady(url)))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the hub ended with ${child.exitCode ?? child.signalCode}: ${output()}`)
    if (Date.now() - started > 180_000) {
      child.kill('SIGKILL')
      throw new Error(`the hub is not ready: ${output()}`)
    }
    await sleep(20)
  }
  const readyMs = Date.now() - started
  return {
    child,
    url,
    readyMs,
    output,
    async end(signal = 'SIGTERM') {
      const at = Date.now()
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.kill(signal)
        await ended
      }
      return { code: child.exitCode, ms: Date.now() - at }
    },
  }
}

/** Starts a hub that is expected to refuse, and returns how it ended. */
export async function failToStart(options: HubOptions): Promise<FailedStart> {
  const { child, stdout, stderr } = launch({ ...options, env: { PORT: String(await freePort()), ...options.env } })
  const timer = setTimeout(() => child.kill('SIGKILL'), 120_000)
  await once(child, 'close')
  clearTimeout(timer)
  return { code: child.exitCode, stderr: stderr(), stdout: stdout() }
}

function launch({ env, uid, gid }: HubOptions) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'src/main.ts')], {
    cwd: root,
    env: { PATH, HOME, LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  })
  return { child, stdout: collect(child.stdout), stderr: collect(child.stderr) }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return () => text
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) })).ok
  } catch {
    return false
  }
}

async function isReadyOverTls(url: string, ca: Buffer): Promise<boolean> {
  try {
    const [response] = await once(get(`${url}/readyz`, { ca, agent: false }), 'response')
    response.resume()
    return response.statusCode === 200
  } catch {
    return false
  }
}

/** The embedded server's process, undefined when none has left its file. */
export function postmasterOf(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres', 'data', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

/**
 * A port that is free and stays so until a program that is about to start takes it: below those that systems give out by themselves (from 32768 on
 * Linux, `ip_local_port_range`), so that no socket of another test comes by it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(16_000, 32_000)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const opened = once(server, 'listening').then(
    () => true,
    () => false,
  )
  server.listen(port, '127.0.0.1')
  if (!(await opened)) return false
  await new Promise((done) => server.close(done))
  return true
}
