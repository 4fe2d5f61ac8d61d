import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { backUp, runCommand } from '../support/backup-command.ts'
import { type FakeS3, startFakeS3 } from '../support/fake-s3.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'
import { callHub, liveKey, postForm, sqlOf, untilApplied } from '../support/live-hub.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let folder: string
let from: string
let env: Record<string, string>
let hub: HubProcess
let bucket: FakeS3
let other: FakeS3

beforeAll(async () => {
  ;[folder, bucket, other] = await Promise.all([mkdtemp(join(tmpdir(), 'hub-backup-s3-')), startFakeS3(), startFakeS3()])
  from = join(folder, 'from')
  env = { ...bucket.env, DATA_DIR: from, PORT: String(await freePort()), ADMIN_API_KEY: liveKey, LOG_LEVEL: 'fatal' }
  hub = await startHub({ env })
})
afterAll(async () => {
  await hub.end()
  await Promise.all([bucket.close(), other.close()])
  await rm(folder, { recursive: true, force: true })
})

test('what a hub keeps in a bucket goes with its backup into the bucket of another, or onto a disk, byte for byte', async () => {
  const { hookUrl } = await callHub<{ hookUrl: string }>(hub, 'POST', '/channels', { connector: 'form', name: 'Site', settings: {} })
  for (let n = 0; n < 7; n++) {
    expect(await postForm(hookUrl, { name: `Client ${n}`, phone: `+7916${1_000_000 + n}`, message: `${n} ${'long '.repeat(60_000)}` })).toBe(200)
  }
  await untilApplied(from)
  expect(bucket.objects.size).toBeGreaterThanOrEqual(7)
  const path = await backUp(env)
  const kept = new Map(bucket.objects)

  const to = join(folder, 'to')
  await cp(join(from, 'secret.key'), join(to, 'secret.key'))
  const there = { ...env, ...other.env, DATA_DIR: to, PORT: String(await freePort()) }
  expect(await runCommand('restore', [path], there)).toMatchObject({ code: 0, stderr: '' })
  expect(bucket.objects).toEqual(kept)
  const bodies = await sqlOf<{ file: string }>(from, 'select body_file as file from deliveries where body_file is not null')
  expect(bodies).toHaveLength(7)
  for (const { file } of bodies) expect(other.objects.get(file)?.equals(kept.get(file) ?? Buffer.alloc(0))).toBe(true)
  expect([...other.objects.keys()].sort()).toEqual([...kept.keys()].sort())
  expect([existsSync(join(from, 'files')), existsSync(join(to, 'files'))]).toEqual([false, false])

  const disk = join(folder, 'disk')
  await cp(join(from, 'secret.key'), join(disk, 'secret.key'))
  const onDisk = { DATA_DIR: disk, LOG_LEVEL: 'fatal', PORT: String(await freePort()) }
  expect(await runCommand('restore', [path], onDisk)).toMatchObject({ code: 0, stderr: '' })
  for (const { file } of bodies) expect((await readFile(join(disk, 'files', file))).equals(kept.get(file) ?? Buffer.alloc(0))).toBe(true)

  const second = await startHub({ env: there })
  try {
    const { items } = await callHub<{ items: { id: string }[] }>(second, 'GET', '/deliveries?limit=1')
    const { url, id } = { url: second.url, id: items[0]?.id }
    const body = await fetch(`${url}/api/v1/deliveries/${id}/body`, { headers: { authorization: `Bearer ${liveKey}` } })
    expect(await body.text()).toContain('6 long long')
  } finally {
    await second.end()
  }
})

test('a bucket that refuses ends a backup and a restore with its own words, and leaves no archive', async () => {
  const archives = () => readdir(join(from, 'backups'))
  const before = await archives()
  const wrong = { ...env, S3_SECRET_ACCESS_KEY: 'of-somebody-else' }
  const { code, stderr } = await runCommand('backup', [], wrong)
  expect([code === 0, stderr]).toEqual([false, expect.stringContaining('SignatureDoesNotMatch')])
  expect((await archives()).filter((name) => !name.includes('unfinished'))).toEqual(before)
  const path = await backUp(env, ['--no-check'])
  const to = join(folder, 'refused')
  await cp(join(from, 'secret.key'), join(to, 'secret.key'))
  const restored = await runCommand('restore', [path], { ...wrong, DATA_DIR: to, PORT: String(await freePort()) })
  expect([restored.code === 0, restored.stderr]).toEqual([false, expect.stringContaining('SignatureDoesNotMatch')])
})
