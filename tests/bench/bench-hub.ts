import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openPool, type Pool } from '../../src/core/database/pool.ts'
import { hasUnapplied } from '../../src/core/intake/delivery-store.ts'
import { freePort, type HubProcess, postmasterOf, startHub } from '../support/hub-process.ts'

export const apiKey = 'bench-administrator-key'

export interface Channel {
  id: string
  hookUrl: string
}

/** The real program with its embedded database, on a folder that is gone afterwards. */
export interface BenchHub {
  process: HubProcess
  pool: Pool
  postmaster(): number
  /** On the same server, for what is compared with the hub. */
  databaseUrl(name: string): Promise<string>
  api<Body>(method: string, path: string, body?: object): Promise<Body>
  addForm(): Promise<Channel>
  /** Resolves when nothing is left to apply. */
  applied(): Promise<void>
  backlog(): Promise<number>
  /** Ends the hub (and the database too when `signal` is SIGKILL) and starts it anew; ms until it is ready. */
  again(signal: 'SIGTERM' | 'SIGKILL'): Promise<number>
  close(): Promise<void>
}

export async function startBenchHub(): Promise<BenchHub> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const env = { DATA_DIR: folder, PORT: String(await freePort()), ADMIN_API_KEY: apiKey, LOG_LEVEL: 'error' }
  let hub = await startHub({ env })
  const postmaster = () => postmasterOf(folder) ?? 0
  let pool = openPool(await urlOf(folder, 'switchboard'), 4)

  async function api<Body>(method: string, path: string, body?: object): Promise<Body> {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const response = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Body
  }
  const backlog = async () =>
    Number((await pool.query(`select count(*) as count from deliveries where status = 'received' and alone_at is null`)).rows[0]?.count)

  async function close(): Promise<void> {
    process.off('SIGINT', abandon).off('SIGTERM', abandon)
    await pool.end()
    await hub.end()
    await rm(folder, { recursive: true, force: true })
  }
  const abandon = () => void close().finally(() => process.exit(1))
  process.once('SIGINT', abandon).once('SIGTERM', abandon)

  return {
    get process() {
      return hub
    },
    get pool() {
      return pool
    },
    postmaster,
    databaseUrl: (name) => urlOf(folder, name),
    api,
    addForm: () => api<Channel>('POST', '/channels', { connector: 'form', name: 'Bench', settings: {} }),
    backlog,
    async applied() {
      while (await hasUnapplied(pool)) await sleep(100)
    },
    async again(signal) {
      const pid = postmaster()
      await pool.end()
      await hub.end(signal)
      if (signal === 'SIGKILL') process.kill(pid, 'SIGKILL')
      hub = await startHub({ env })
      pool = openPool(await urlOf(folder, 'switchboard'), 4)
      return hub.readyMs
    },
    close,
  }
}

async function urlOf(folder: string, database: string): Promise<string> {
  const port = (await readFile(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]
  const password = (await readFile(join(folder, 'postgres', 'password'), 'utf8')).trim()
  const url = `postgresql://switchboard:${password}@127.0.0.1:${port}/${database}`
  if (database === 'switchboard') return url
  const client = new pg.Client({ connectionString: url.replace(/[^/]+$/, 'postgres') })
  await client.connect()
  const found = await client.query('select from pg_database where datname = $1', [database])
  if (!found.rowCount) await client.query(`create database ${database}`)
  await client.end()
  return url
}
