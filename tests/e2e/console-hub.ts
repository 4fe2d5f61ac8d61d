import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { testDatabase } from '../support/database.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'

export interface ConsoleHub {
  url: string
  setupLink: string
  databaseUrl: string
  /** What the program was started with. */
  env: Record<string, string>
  /** `kill -9`, then a new process at the same address. */
  killAndRestart(): Promise<void>
  close(): Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

/** The console as the hub serves it: built when its sources are newer than what was built last. */
async function buildConsole(): Promise<void> {
  const script = "import('./scripts/prepare.mjs').then(({ buildWeb }) => buildWeb())"
  await promisify(execFile)(process.execPath, ['-e', script], { cwd: root })
}

/** The whole program over a fresh database, not yet set up. `more`: further environment. */
export async function openConsoleHub(more: Record<string, string> = {}): Promise<ConsoleHub> {
  const [database, folder, port] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'hub-console-')), freePort(), buildConsole()])
  const url = `http://127.0.0.1:${port}`
  const env = {
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    SECRET_KEY: 'console-tests-'.padEnd(64, '0'),
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    ...more,
  }
  let hub: HubProcess = await startHub({ env })
  return {
    url,
    setupLink: await printedLink(hub),
    databaseUrl: database.url,
    env,
    async killAndRestart() {
      await hub.end('SIGKILL')
      hub = await startHub({ env })
    },
    async close() {
      await hub.end()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** It is printed after the port is open, so a moment later than the hub is ready. */
async function printedLink(hub: HubProcess): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const found = /Set it up once: (\S+)/.exec(hub.output())
    if (found?.[1]) return found[1]
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`no set-up link was printed: ${hub.output()}`)
}
