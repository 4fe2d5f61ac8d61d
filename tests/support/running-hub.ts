import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyDatabase } from './database.ts'
import { startHub } from './hub-process.ts'

const apiKey = 'administrator-key-of-the-tests-0123456789'

/** The whole program as its user starts it, on a database and folder of its own. */
export interface RunningHub {
  url: string
  /** JSON in and out, as an administrator; throws on anything but 2xx. */
  api<Answer>(method: string, path: string, body?: object): Promise<Answer>
  addChannel(connector: string, settings: object): Promise<{ id: string; hookUrl: string }>
  /** Sends a file ahead of the message that will carry it; gives its id. */
  upload(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>
  /** Any GET of the API, as an administrator. */
  read(path: string): Promise<Response>
  /** What the program said so far. */
  output(): string
  close(): Promise<void>
}

export async function startRunningHub(env: Record<string, string> = {}): Promise<RunningHub> {
  const database = await emptyDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-whole-'))
  const hub = await startHub({ env: { DATA_DIR: folder, DATABASE_URL: database.url, ADMIN_API_KEY: apiKey, LOG_LEVEL: 'warn', ...env } })

  async function api<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const response = await fetch(`${hub.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }

  return {
    url: hub.url,
    api,
    async addChannel(connector, settings) {
      const channel = await api<{ id: string; hookUrl: string }>('POST', '/channels', { connector, name: connector, settings })
      return { ...channel, hookUrl: `${hub.url}${new URL(channel.hookUrl).pathname}` }
    },
    async upload(name, type, bytes) {
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': type }
      const response = await fetch(`${hub.url}/api/v1/attachments?name=${encodeURIComponent(name)}`, { method: 'POST', headers, body: bytes })
      return ((await response.json()) as { id: string }).id
    },
    read: (path) => fetch(`${hub.url}/api/v1${path}`, { headers: { authorization: `Bearer ${apiKey}` } }),
    output: hub.output,
    async close() {
      await hub.end()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
