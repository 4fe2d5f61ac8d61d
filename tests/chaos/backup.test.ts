import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openEmbedded } from '../../src/core/database/embedded.ts'
import { backUp, runCommand, startCommand } from '../support/backup-command.ts'
import { freePort, startHub } from '../support/hub-process.ts'
import { callHub, liveKey, postForm, sqlOf, untilApplied } from '../support/live-hub.ts'
import { silentLogger } from '../support/test-connector.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let folder: string
let from: string
let env: Record<string, string>
let backup: string

const entries = 60_000
const whole = { entries, name: 'Site' }

/** A hub with enough rows that a restore takes a while, and a backup of it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-backup-kill-'))
  from = join(folder, 'from')
  env = { DATA_DIR: from, PORT: String(await freePort()), ADMIN_API_KEY: liveKey, LOG_LEVEL: 'fatal' }
  const hub = await startHub({ env })
  const channel = await callHub<{ hookUrl: string }>(hub, 'POST', '/channels', { connector: 'form', name: 'Site', settings: {} })
  await postForm(channel.hookUrl, { phone: '+79161234567', message: `first ${'long '.repeat(60_000)}` })
  await untilApplied(from)
  await sqlOf(
    from,
    `insert into entries (id, kind, medium, direction, channel_id, conversation_id, contact_id, occurred_at, received_at, sort_at, text)
     select gen_random_uuid(), 'message', 'form', 'inbound', channel_id, conversation_id, contact_id, now(), now(), now(), md5(n::text) || ' счёт за доставку'
     from entries, generate_series(2, $1) n`,
    [entries],
  )
  await hub.end()
  backup = await backUp(env, ['--no-check'])
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
})

/** Starts the command and kills it after so many milliseconds; false when it was done before. */
async function killAfter(name: 'backup' | 'restore', args: string[], dataDir: string, ms: number): Promise<boolean> {
  const child = startCommand(name, args, { ...env, DATA_DIR: dataDir })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  await ended
  clearTimeout(timer)
  return child.signalCode === 'SIGKILL'
}

/** What the database holds, whatever state the killed command left it in. */
async function countIn(dataDir: string): Promise<{ entries: number; name: string }> {
  const server = await openEmbedded(dataDir, silentLogger, () => {})
  try {
    const [{ made } = { made: false }] = await sqlOf<{ made: boolean }>(dataDir, `select to_regclass('public.entries') is not null as made`)
    if (!made) return { entries: 0, name: '' }
    const [row] = await sqlOf<{ entries: number; name: string }>(
      dataDir,
      `select (select count(*)::int from entries) as entries, coalesce((select name from channels limit 1), '') as name`,
    )
    return row ?? { entries: -1, name: '' }
  } finally {
    await server.close()
  }
}

test('a restore that is killed at any moment leaves an empty hub empty, and can be run again', async () => {
  let killed = 0
  for (const ms of [700, 1_500, 2_500]) {
    // A folder of its own: what a killed command had started may write on for a moment.
    const to = join(folder, `killed-after-${ms}`)
    await cp(join(from, 'secret.key'), join(to, 'secret.key'))
    if (!(await killAfter('restore', [backup], to, ms))) break
    const left = await countIn(to)
    // On a fast machine the kill may come behind the commit, while the command clears up.
    expect([{ entries: 0, name: '' }, whole]).toContainEqual(left)
    if (left.entries === 0) killed++
  }
  expect(killed).toBeGreaterThan(0)
  const to = join(folder, 'to')
  await cp(join(from, 'secret.key'), join(to, 'secret.key'))
  await killAfter('restore', [backup], to, 1_500)
  expect(await runCommand('restore', [backup, '--force'], { ...env, DATA_DIR: to })).toMatchObject({ code: 0, stderr: '' })
  expect(await countIn(to)).toEqual(whole)
})

test('a restore in the place of a hub that is killed leaves that hub as it was', async () => {
  const to = join(folder, 'occupied')
  await cp(join(from, 'secret.key'), join(to, 'secret.key'))
  const hub = await startHub({ env: { ...env, DATA_DIR: to } })
  await callHub(hub, 'POST', '/channels', { connector: 'form', name: 'Another', settings: {} })
  await hub.end()
  let killed = 0
  for (const ms of [900, 1_700]) {
    if (!(await killAfter('restore', [backup, '--force'], to, ms))) break
    const left = await countIn(to)
    expect([{ entries: 0, name: 'Another' }, whole]).toContainEqual(left)
    if (left.entries > 0) break
    killed++
  }
  expect(killed).toBeGreaterThan(0)
})

test('a backup that is killed leaves nothing that looks like one, and the next one clears up', async () => {
  const names = async () => (await readdir(join(from, 'backups'))).filter((name) => name !== 'erasures')
  const before = await names()
  for (const ms of [500, 900, 1_300]) await killAfter('backup', [], from, ms)
  const made = (await names()).filter((name) => /\.tar\.zst$/.test(name) && !before.includes(name))
  for (const name of made) expect(await runCommand('backup', ['--verify', join(from, 'backups', name)], env)).toMatchObject({ code: 0 })
  await backUp(env)
  expect((await names()).filter((name) => !/^switchboard-[\dT-]+Z\.tar\.zst$/.test(name))).toEqual([])
})
