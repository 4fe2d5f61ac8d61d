import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { emptyDatabase } from '../support/database.ts'
import { failToStart, freePort, type HubOptions, type HubProcess, isRunning, postmasterOf, startHub } from '../support/hub-process.ts'

vi.setConfig({ testTimeout: 240_000 })

let folder: string
let hubs: HubProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-start-'))
})

afterEach(async () => {
  await Promise.all(hubs.map((hub) => hub.end()))
  hubs = []
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function start(options: HubOptions): Promise<HubProcess> {
  const hub = await startHub(options)
  hubs.push(hub)
  return hub
}

async function refusal(options: HubOptions): Promise<{ code: number | null; line: string }> {
  const { code, stderr, stdout } = await failToStart(options)
  // Beside the log, which is JSON, one line and no trace.
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'))
  expect(lines).toHaveLength(1)
  expect(stdout + stderr).not.toMatch(/\n\s+at /)
  return { code, line: lines[0] ?? '' }
}

/** On a machine that does nothing else, at most. */
const usualEmptyProgramMs = 60

function emptyProgramMs(): number {
  const began = performance.now()
  spawnSync(process.execPath, ['-e', ''])
  return performance.now() - began
}

/** On the disk of PostgreSQL the whole of a database is 40 MB: one folder serves the tests that do not need a fresh one. */
const used = () => join(folder, 'used')

describe('the embedded database', () => {
  test('is made on the first start, kept on the next, and gone with the hub', async () => {
    const first = await start({ env: { DATA_DIR: used() } })
    const pid = postmasterOf(used())
    expect(pid && isRunning(pid)).toBe(true)
    const ended = await first.end()
    expect(ended.code).toBe(0)
    expect(ended.ms).toBeLessThan(30_000)
    expect(pid && isRunning(pid)).toBe(false)
  })

  test('is ready in three seconds when it starts again', async () => {
    // The best of ten, each by how long an empty program takes just then: the other tests have their share of the machine.
    const times: number[] = []
    while (times.length < 10 && Math.min(...times) >= 3_000) {
      const before = emptyProgramMs()
      const again = await startHub({ env: { DATA_DIR: used() } })
      times.push(again.readyMs / Math.max(1, before / usualEmptyProgramMs, emptyProgramMs() / usualEmptyProgramMs))
      await again.end()
    }
    expect(Math.min(...times)).toBeLessThan(3_000)
  })

  test('keeps key and password from other users', async () => {
    for (const name of ['secret.key', 'postgres/password']) expect((await stat(join(used(), name))).mode & 0o777).toBe(0o600)
    for (const name of ['.', 'postgres', 'postgres/data']) expect((await stat(join(used(), name))).mode & 0o077).toBe(0)
  })

  test('is taken up again after kill -9 of the hub alone', async () => {
    const killed = await start({ env: { DATA_DIR: used() } })
    const left = postmasterOf(used())
    await killed.end('SIGKILL')
    expect(left && isRunning(left)).toBe(true)
    const next = await start({ env: { DATA_DIR: used() } })
    expect(next.readyMs).toBeLessThan(30_000)
    await next.end()
    expect(left && isRunning(left)).toBe(false)
  })

  test('recovers after kill -9 of hub and database, with stale files left', async () => {
    const killed = await start({ env: { DATA_DIR: used() } })
    const pid = postmasterOf(used())
    await killed.end('SIGKILL')
    if (pid) process.kill(pid, 'SIGKILL')
    expect(postmasterOf(used())).toBe(pid)
    const next = await start({ env: { DATA_DIR: used() } })
    expect(next.readyMs).toBeLessThan(30_000)
  })

  test('is not fooled when the stale number now belongs to another program', async () => {
    const killed = await start({ env: { DATA_DIR: used() } })
    const pid = postmasterOf(used())
    await killed.end('SIGKILL')
    if (pid) process.kill(pid, 'SIGKILL')
    await sleep(300)
    const file = join(used(), 'postgres', 'data', 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [String(process.pid), ...lines.slice(1)].join('\n'))
    await start({ env: { DATA_DIR: used() } })
  })

  test('comes back by itself when it is killed under a running hub', async () => {
    const hub = await start({ env: { DATA_DIR: used() } })
    const pid = postmasterOf(used())
    if (pid) process.kill(pid, 'SIGKILL')
    const cameBack = () => postmasterOf(used()) !== pid && isRunning(postmasterOf(used()) ?? 0)
    await expect.poll(() => cameBack() || hub.child.exitCode !== null, { timeout: 60_000 }).toBe(true)
    expect(hub.child.exitCode, hub.output()).toBeNull()
    const ended = await hub.end()
    expect(ended.ms).toBeLessThan(30_000)
    expect(postmasterOf(used())).toBeUndefined()
  })

  test('removes what a first start that was cut off left half made', async () => {
    const dataDir = join(folder, 'cut-off')
    const halfMade = join(dataDir, 'postgres.unfinished-999999999', 'data')
    await mkdir(halfMade, { recursive: true })
    await start({ env: { DATA_DIR: dataDir } })
    expect(existsSync(halfMade)).toBe(false)
  })

  test('sees the letters of Russian names in trigrams', async () => {
    await start({ env: { DATA_DIR: used() } })
    const port = (await readFile(join(used(), 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]
    const password = (await readFile(join(used(), 'postgres', 'password'), 'utf8')).trim()
    const client = new pg.Client({ connectionString: `postgresql://switchboard:${password}@127.0.0.1:${port}/switchboard` })
    await client.connect()
    const found = await client.query("select similarity('Иванов', 'иванова') as similarity")
    await client.end()
    expect(found.rows[0].similarity).toBeGreaterThan(0.5)
  })
})

describe('two hubs on one folder', () => {
  test('the second refuses, and the first does not notice', async () => {
    const first = await start({ env: { DATA_DIR: used() } })
    const second = await refusal({ env: { DATA_DIR: used() } })
    expect(second).toEqual({ code: 6, line: expect.stringContaining(`Another hub runs on ${used()}`) })
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  })

  test('of several that start together on a new folder exactly one runs', async () => {
    const dataDir = join(folder, 'race')
    const starts = await Promise.allSettled([1, 2, 3].map(() => start({ env: { DATA_DIR: dataDir } })))
    expect(starts.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const reasons = starts.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    expect(reasons.filter((reason) => reason.includes('Another hub runs'))).toHaveLength(2)
  })
})

describe('a start that cannot be', () => {
  test('bad value in the environment', async () => {
    expect(await refusal({ env: { PORT: 'http', DATA_DIR: used() } })).toEqual({ code: 2, line: expect.stringContaining('PORT must be a port') })
  })

  test('port taken; the database does not stay behind', async () => {
    const other = createServer()
    const port = await freePort()
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done))
    const refused = await refusal({ env: { PORT: String(port), DATA_DIR: used() } })
    await new Promise((done) => other.close(done))
    expect(refused).toEqual({ code: 3, line: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`) })
    expect(postmasterOf(used())).toBeUndefined()
  })

  test('DATA_DIR is a file', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(await refusal({ env: { DATA_DIR: file } })).toEqual({ code: 4, line: expect.stringContaining('DATA_DIR cannot be used') })
  })

  test('another SECRET_KEY than that of the data', async () => {
    await (await start({ env: { DATA_DIR: used() } })).end()
    const refused = await refusal({ env: { DATA_DIR: used(), SECRET_KEY: 'quite another secret key' } })
    expect(refused).toEqual({ code: 11, line: expect.stringContaining('SECRET_KEY is not the one') })
    expect(refused.line).not.toContain('quite another')
  })

  test('the key file is lost', async () => {
    const key = await readFile(join(used(), 'secret.key'))
    await rm(join(used(), 'secret.key'))
    expect(await refusal({ env: { DATA_DIR: used() } })).toEqual({ code: 11, line: expect.stringContaining('put it back') })
    expect(existsSync(join(used(), 'secret.key'))).toBe(false)
    await start({ env: { DATA_DIR: used(), SECRET_KEY: key.toString().trim() } })
  })
})

describe('DATABASE_URL', () => {
  test('is used instead of the embedded server', async () => {
    const database = await emptyDatabase()
    const dataDir = join(folder, 'own-server')
    const hub = await start({ env: { DATA_DIR: dataDir, DATABASE_URL: database.url } })
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    await hub.end()
    await database.drop()
  })

  test('newer than the program', async () => {
    const database = await emptyDatabase()
    const env = { DATA_DIR: join(folder, 'newer'), DATABASE_URL: database.url }
    await (await start({ env })).end()
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query("insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('x', 'x', now(), '20991231000000_later')")
    await client.end()
    expect(await refusal({ env })).toEqual({ code: 9, line: expect.stringContaining('newer than this program') })
    await database.drop()
  })

  test('refuses an empty one in which search would see no Russian letters, and says how to make it', async () => {
    const database = await emptyDatabase("locale 'C' encoding 'UTF8'")
    const refused = await refusal({ env: { DATA_DIR: join(folder, 'blind'), DATABASE_URL: database.url } })
    expect(refused).toEqual({ code: 8, line: expect.stringMatching(/would not find Russian names.*create database .* locale 'C.UTF-8'/) })
    await database.drop()
  })

  test.each([
    ['nobody listens', () => 'postgresql://me:hidden@127.0.0.1:9/hub', 'cannot be reached'],
    ['no such database', () => new URL('/nowhere', process.env.TEST_DATABASE_SERVER).href, 'has no database nowhere'],
    ['not a database at all', () => 'http://example.com', 'DATABASE_URL must look like'],
  ])('%s', async (_what, url, text) => {
    const refused = await refusal({ env: { DATA_DIR: join(folder, 'wrong'), DATABASE_URL: url() } })
    expect(refused.code).toBeGreaterThan(1)
    expect(refused.line).toContain(text)
    expect(refused.line).not.toContain('hidden')
  })
})

const asRoot = process.getuid?.() === 0
/** A container may forbid root to mount a small disk. */
const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0

describe.runIf(asRoot)('as root', () => {
  test.runIf(canMount)('disk full, on the first start and later', async () => {
    const disk = join(folder, 'disk')
    const env = { DATA_DIR: join(disk, 'data') }
    await mkdir(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'none', disk])
    try {
      expect(await refusal({ env })).toEqual({ code: 5, line: expect.stringContaining('is full') })
      execFileSync('mount', ['-o', 'remount,size=150m', disk])
      await (await start({ env })).end()
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1M'])
      expect(await refusal({ env })).toEqual({ code: 5, line: expect.stringContaining('is full') })
      await rm(join(disk, 'filler'))
      await (await start({ env })).end()
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  test('the database belongs to the owner of the folder, who can start it himself', async () => {
    const nobody = { uid: 65534, gid: 65534 }
    const home = join(folder, 'home')
    execFileSync('install', ['-d', '-m', '700', '-o', '65534', '-g', '65534', home])
    execFileSync('chmod', ['711', folder])
    const dataDir = join(home, 'data')
    const hub = await start({ env: { DATA_DIR: dataDir } })
    expect((await stat(join(dataDir, 'postgres', 'data'))).uid).toBe(nobody.uid)
    await hub.end()
  })

  test('an ordinary user starts it in a home that only he can enter', async () => {
    const home = join(folder, 'own-home')
    execFileSync('install', ['-d', '-m', '700', '-o', '65534', '-g', '65534', home])
    execFileSync('chmod', ['711', folder])
    const hub = await start({ env: { DATA_DIR: join(home, 'data'), HOME: home }, uid: 65534, gid: 65534 })
    expect(hub.readyMs).toBeLessThan(60_000)
  })

  test('in a home that only root can enter', async () => {
    const home = join(folder, 'root-home')
    await mkdir(home, { mode: 0o700 })
    const hub = await start({ env: { DATA_DIR: join(home, 'data') } })
    expect((await stat(join(home, 'data', 'postgres', 'data'))).uid).toBe(0)
    await hub.end()
  })
})
