import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { backUp, runCommand } from '../support/backup-command.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'
import { callHub, liveKey, postForm, sqlOf, untilApplied } from '../support/live-hub.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let folder: string
let from: string
let env: Record<string, string>
let hub: HubProcess
let channel: { id: string; hookUrl: string }

const text = 'zzsecretwordsofserafim'
const secrets = ['9161112233', 'serafim@example.com', text]
const his = { name: 'Серафим', phone: '+7 916 111-22-33', email: 'serafim@example.com' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-erasure-'))
  from = join(folder, 'from')
  env = { DATA_DIR: from, PORT: String(await freePort()), ADMIN_API_KEY: liveKey, LOG_LEVEL: 'fatal' }
  hub = await startHub({ env })
  channel = await callHub(hub, 'POST', '/channels', { connector: 'form', name: 'Site', settings: {} })
})
afterAll(async () => {
  await hub.end()
  await rm(folder, { recursive: true, force: true })
})

async function erase(of: HubProcess): Promise<string> {
  const { items } = await callHub<{ items: { id: string; name: string }[] }>(
    of,
    'GET',
    `/contacts?query=${encodeURIComponent('serafim@example.com')}`,
  )
  const { id } = await callHub<{ id: string }>(of, 'POST', `/contacts/${items[0]?.id}/erase`, { confirmation: items[0]?.name })
  await expect.poll(async () => (await callHub<{ status: string }>(of, 'GET', `/erasures/${id}`)).status, { timeout: 60_000 }).toBe('done')
  return id
}

/** Files under a folder in whose bytes one of his secrets stands. */
async function traces(root: string): Promise<string[]> {
  const found: string[] = []
  for (const secret of secrets) {
    const grep = promisify(execFile)('grep', ['-rlaF', '--exclude-dir=backups', secret, root])
    found.push(
      ...(await grep.then(
        ({ stdout }) => stdout.trim().split('\n'),
        () => [],
      )),
    )
  }
  return [...new Set(found)]
}

test('after an erasure the bytes of the whole data folder hold him no more, and a backup from before does not bring him back', async () => {
  for (let n = 0; n < 30; n++) await postForm(channel.hookUrl, { name: `Other ${n}`, phone: `+7927000${1000 + n}`, message: `other ${n}` })
  await postForm(channel.hookUrl, { ...his, message: text })
  await postForm(channel.hookUrl, { ...his, message: `${text} ${'long '.repeat(60_000)}` })
  await untilApplied(from)
  expect((await traces(from)).length).toBeGreaterThan(0)
  await backUp(env, ['--no-check'])

  const id = await erase(hub)
  await expect.poll(() => traces(from), { timeout: 180_000, interval: 1_000 }).toEqual([])
  expect(await sqlOf(from, 'select count(*)::int as count from contacts')).toEqual([{ count: 30 }])

  const to = join(folder, 'to')
  await cp(join(from, 'secret.key'), join(to, 'secret.key'))
  const [archive = ''] = (await readdir(join(from, 'backups'))).filter((name) => name.endsWith('.zst'))
  expect(await runCommand('restore', [join(from, 'backups', archive)], { ...env, DATA_DIR: to })).toMatchObject({ code: 0, stderr: '' })
  const second = await startHub({ env: { ...env, DATA_DIR: to, PORT: String(await freePort()) } })
  try {
    await expect.poll(() => sqlOf(to, 'select id, status from erasures')).toEqual([{ id, status: 'done' }])
    await expect.poll(() => sqlOf(to, 'select count(*)::int as count from contacts')).toEqual([{ count: 30 }])
    await expect.poll(() => traces(to), { timeout: 180_000, interval: 1_000 }).toEqual([])
  } finally {
    await second.end()
  }
})
