import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { backUp, runCommand } from '../support/backup-command.ts'
import { emptyDatabase } from '../support/database.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'
import { callHub, liveKey, postForm } from '../support/live-hub.ts'
import { hasOlderPostgres, type OlderPostgres, startOlderPostgres } from '../support/older-postgres.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const kept = ['contacts', 'identities', 'contact_identities', 'conversations', 'entries', 'leads', 'deliveries', 'delivery_events', 'channels']

describe.skipIf(!hasOlderPostgres())('a backup', () => {
  let folder: string
  let older: OlderPostgres
  const databases: { url: string; drop(): Promise<void> }[] = []
  const running: HubProcess[] = []

  beforeAll(async () => {
    ;[folder, older] = await Promise.all([mkdtemp(join(tmpdir(), 'hub-versions-')), startOlderPostgres()])
  })
  afterAll(async () => {
    for (const hub of running) await hub.end('SIGKILL')
    for (const database of databases) await database.drop()
    await older?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function envOf(name: string, databaseUrl: string): Promise<Record<string, string>> {
    const secrets = { SECRET_KEY: 'versions-'.padEnd(64, '0'), ADMIN_API_KEY: liveKey, LOG_LEVEL: 'fatal' }
    return { ...secrets, DATA_DIR: join(folder, name), DATABASE_URL: databaseUrl, PORT: String(await freePort()) }
  }

  async function start(env: Record<string, string>): Promise<HubProcess> {
    const hub = await startHub({ env })
    running.push(hub)
    return hub
  }

  async function newer(): Promise<string> {
    const database = await emptyDatabase()
    databases.push(database)
    return database.url
  }

  test('of one PostgreSQL is restored into an older one and from there back; every row is equal, and the hub works on each', async () => {
    const first = await envOf('first', await newer())
    const hub = await start(first)
    const { hookUrl } = await callHub<{ hookUrl: string }>(hub, 'POST', '/channels', { connector: 'form', name: 'Сайт', settings: {} })
    for (let n = 0; n < 5; n++) expect(await postForm(hookUrl, { name: `Клиент ${n}`, phone: `+7916${1_000_000 + n}`, message: `№ ${n}` })).toBe(200)
    await applied(first, 5)
    await hub.end()
    const before = await sums(first)
    const second = await envOf('second', older.url)
    expect(await runCommand('restore', [await backUp(first)], second)).toMatchObject({ code: 0, stderr: '' })
    expect(await sums(second)).toEqual(before)
    expect(await versionOf(second)).toBe(older.version)

    const there = await start(second)
    const path = new URL(hookUrl).pathname
    expect(await postForm(`${there.url}${path}`, { name: 'Новый клиент', phone: '+79162000000', message: 'Уже на другом' })).toBe(200)
    await applied(second, 6)
    expect((await callHub<{ items: unknown[] }>(there, 'GET', '/contacts?query=89161000003')).items).toHaveLength(1)
    await there.end()
    const later = await sums(second)
    const third = await envOf('third', await newer())
    expect(await runCommand('restore', [await backUp(second)], third)).toMatchObject({ code: 0, stderr: '' })
    expect(await sums(third)).toEqual(later)
    expect(await versionOf(third)).toBeGreaterThan(older.version)
  })
})

async function onDatabase<Row extends object>({ DATABASE_URL }: Record<string, string>, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

async function applied(env: Record<string, string>, count: number): Promise<void> {
  const now = async () =>
    (await onDatabase<{ count: number }>(env, `select count(*)::int as count from deliveries where status = 'applied'`))[0]?.count
  await expect.poll(now, { timeout: 60_000 }).toBe(count)
}

async function versionOf(env: Record<string, string>): Promise<number> {
  const [row] = await onDatabase<{ version: number }>(env, `select current_setting('server_version_num')::int / 10000 as version`)
  return row?.version ?? 0
}

/** Rows and a sum of every table in which the firm's clients and their traffic are. */
async function sums(env: Record<string, string>): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const table of kept) {
    const [row] = await onDatabase<{ sum: string }>(
      env,
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${table} t`,
    )
    found[table] = row?.sum ?? ''
  }
  return found
}
