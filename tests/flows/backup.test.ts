import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { backUp, runCommand } from '../support/backup-command.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'
import { callHub, liveKey, postForm, sqlOf, sumTables, untilApplied } from '../support/live-hub.ts'

vi.setConfig({ testTimeout: 240_000 })

let folder: string
let from: string
let env: Record<string, string>
let hub: HubProcess
let channel: { id: string; hookUrl: string }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-backup-'))
  from = join(folder, 'from')
  env = { DATA_DIR: from, PORT: String(await freePort()), ADMIN_API_KEY: liveKey, LOG_LEVEL: 'fatal' }
  hub = await startHub({ env })
  channel = await callHub(hub, 'POST', '/channels', { connector: 'form', name: 'Site', settings: {} })
})
afterAll(async () => {
  await hub.end()
  await rm(folder, { recursive: true, force: true })
})

/** What the start of a hub itself writes, and what a backup is not made of. */
const ofTheServer = [
  'apply_attempts',
  'live_events',
  'sessions',
  'verifications',
  '_prisma_migrations',
  'settings',
  'audit',
  'api_keys',
  'channels',
  'socket_io_attachments',
]

async function keyTo(dataDir: string): Promise<void> {
  await cp(join(from, 'secret.key'), join(dataDir, 'secret.key'))
}

function startSender() {
  const acknowledged: number[] = []
  let isStopped = false
  const running = (async () => {
    for (let n = 0; !isStopped; n++) {
      const message = n % 25 === 0 ? `request ${n} ${'long '.repeat(60_000)}` : `request ${n}`
      const status = await postForm(channel.hookUrl, { name: `Client ${n}`, phone: `+7916${1_000_000 + n}`, message })
      if (status === 200) acknowledged.push(n)
    }
  })()
  return {
    acknowledged,
    async stop() {
      isStopped = true
      await running
    },
  }
}

test('a backup made under traffic holds one moment of database and files, and works elsewhere', async () => {
  const sender = startSender()
  await expect.poll(() => sender.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(30)
  const before = sender.acknowledged.length
  const path = await backUp(env)
  expect(sender.acknowledged.length).toBeGreaterThan(before)
  await sender.stop()

  const to = join(folder, 'under-traffic')
  await cp(path, join(folder, 'copy.tar.zst'))
  await keyTo(to)
  expect(await runCommand('restore', [join(folder, 'copy.tar.zst')], { ...env, DATA_DIR: to })).toMatchObject({ code: 0 })
  const second = await startHub({ env: { ...env, DATA_DIR: to, PORT: String(await freePort()) } })
  try {
    await untilApplied(to)
    const [found] = await sqlOf<Record<string, number>>(
      to,
      `select (select count(*)::int from deliveries) as deliveries, (select count(*)::int from entries) as entries, (select count(*)::int from contacts) as contacts,
        (select count(*)::int from delivery_events d where not exists (select from entries e where e.id = d.entry_id)) as broken`,
    )
    expect(found?.deliveries).toBeGreaterThanOrEqual(before)
    expect(found).toMatchObject({ entries: found?.deliveries, contacts: found?.deliveries, broken: 0 })
    const bodies = await sqlOf<{ file: string; size: number }>(to, 'select body_file as file, size from deliveries where body_file is not null')
    expect(bodies.length).toBeGreaterThan(1)
    for (const { file, size } of bodies) expect((await readFile(join(to, 'files', file))).length).toBe(size)
  } finally {
    await second.end()
  }
})

test('what is restored equals what was there, encrypted and with its key, and nothing of it is sent', async () => {
  await untilApplied(from)
  const conversation = await sqlOf<{ id: string }>(from, 'select id from conversations order by id limit 1')
  for (const [position, status] of ['queued', 'sent'].entries()) {
    await sqlOf(
      from,
      `with message as (insert into entries (id, kind, medium, direction, status, channel_id, conversation_id, contact_id, occurred_at, received_at, sort_at, text)
         select gen_random_uuid(), 'message', 'form', 'outbound', $2, c.channel_id, c.id, c.contact_id, now(), now(), now(), 'owed' from conversations c where c.id = $1 returning id)
       insert into outbox (id, entry_id, channel_id, conversation_id, position, data, status, next_attempt_at, sending_since)
         select gen_random_uuid(), message.id, $3, $1, $4, '{}', $2, now() + interval '1 hour', now() from message`,
      [conversation[0]?.id, status, channel.id, position],
    )
  }
  const sealedEnv = { ...env, BACKUP_PASSPHRASE: 'correct horse battery' }
  const before = await sumTables(from, ofTheServer)
  const path = await backUp(sealedEnv, ['--with-key'])
  expect(await sumTables(from, ofTheServer)).toEqual(before)
  const bytes = await readFile(path)
  expect(bytes.includes(await readFile(join(from, 'secret.key')))).toBe(false)

  const to = join(folder, 'equal')
  expect((await runCommand('restore', [path], { ...env, DATA_DIR: to })).stderr).toContain('BACKUP_PASSPHRASE')
  expect(await runCommand('restore', [path], { ...sealedEnv, DATA_DIR: to })).toMatchObject({ code: 0 })
  expect(await readFile(join(to, 'secret.key'), 'utf8')).toBe(await readFile(join(from, 'secret.key'), 'utf8'))
  expect((await runCommand('restore', [path], { ...sealedEnv, DATA_DIR: to })).stderr).toContain('--force')
  const second = await startHub({ env: { ...env, DATA_DIR: to, PORT: String(await freePort()) } })
  try {
    const changed = async () =>
      Object.entries(await sumTables(to, ofTheServer))
        .filter(([name, sum]) => sum !== before[name])
        .map(([name]) => name)
    await expect.poll(changed).toEqual(['entries', 'outbox'])
    const owed = () => sqlOf(to, `select o.status, e.status as entry from outbox o join entries e on e.id = o.entry_id order by position`)
    await expect.poll(owed).toEqual([
      { status: 'unconfirmed', entry: 'unconfirmed' },
      { status: 'sent', entry: 'sent' },
    ])
  } finally {
    await second.end()
  }
})

test('refuses a missing or wrong key, a cut and a changed archive, and touches nothing', async () => {
  const path = await backUp(env, ['--no-check'])
  const to = join(folder, 'refused')
  const restore = (file: string) => runCommand('restore', [file], { ...env, DATA_DIR: to })
  expect((await restore(path)).stderr).toContain('needs the secret key with the fingerprint')
  const bytes = await readFile(path)
  const middle = Math.floor(bytes.length / 2)
  const cut = join(folder, 'cut.tar.zst')
  await writeFile(cut, bytes.subarray(0, middle))
  const changed = join(folder, 'changed.tar.zst')
  await writeFile(changed, Buffer.from(bytes).fill(0x55, middle, middle + 2))
  await keyTo(to)
  expect((await restore(cut)).stderr).toContain('is damaged')
  expect((await restore(changed)).stderr).toContain('is damaged')
  expect((await runCommand('restore', [path, '--force'], env)).stderr).toContain('Another hub runs')
  expect(await restore(path)).toMatchObject({ code: 0, stderr: '' })
  expect(await readdir(join(from, 'backups'))).not.toContainEqual(expect.stringMatching(/unfinished|scratch/))
})
