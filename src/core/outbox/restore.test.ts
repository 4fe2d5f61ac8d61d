import { copyFile, cp, mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type FakeVendor, fakeVendor } from '../../../tests/support/fake-vendor.ts'
import { entryOf, type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import { systemActor } from '../access/actor.ts'
import { composeMessage } from '../messages/compose-message.ts'
import { decideUnconfirmed } from './decide-unconfirmed.ts'
import { guardAgainstRestore } from './guard-restore.ts'
import { keepLifeMark } from './keep-life-mark.ts'
import { readLifeMark, writeLifeMark } from './life-mark.ts'
import { readProgress } from './restore-store.ts'

let database: TestDatabase
let hub: HubProcess
let vendor: FakeVendor
let channelId: string
let dataDir: string
const guard = (isEmbedded = false) => guardAgainstRestore({ ...hub, dataDir, isEmbedded })

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'restore-'))
  database = await testDatabase()
  vendor = await fakeVendor()
  hub = await openHubProcess(database.url)
  channelId = await makeChannel(hub, vendor.url)
})
afterAll(async () => {
  await hub.close()
  await vendor.close()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function write(): Promise<string> {
  const unwoken = { ...hub, jobs: { ...hub.jobs, add: async () => {} } }
  const entry = await composeMessage(unwoken, { actor: systemActor, conversationId: await makeConversation(hub.pool, channelId), text: 'hello' })
  return entry.id
}

it('asks a person about what a restored database says is still to be sent', async () => {
  const id = await write()
  expect(await guard()).toBe(0)
  expect(await entryOf(hub.pool, id)).toMatchObject({ status: 'queued' })
  await hub.pool.query(`update settings set value = '"another cluster/1/5"' where name = 'outbox_home'`)
  expect(await guard()).toBe(1)
  expect(await entryOf(hub.pool, id)).toMatchObject({ status: 'unconfirmed', error: { code: 'outcome_unknown' } })
  expect(await guard()).toBe(0)
})

it('asks a person when the database has come less far than the hub remembers', async () => {
  const id = await write()
  await (await keepLifeMark({ ...hub, dataDir })).close()
  expect(await guard()).toBe(0)
  const { home, written } = await readProgress(hub.pool)
  await writeLifeMark(dataDir, { home, written: String(BigInt(written) + 10_000_000n), at: new Date().toISOString() })
  expect(await guard()).toBe(1)
  expect(await entryOf(hub.pool, id)).toMatchObject({ status: 'unconfirmed' })
})

it('asks a person when the folder of the embedded database was put back from a copy, however that was made', async () => {
  const backup = await mkdtemp(join(tmpdir(), 'restore-backup-'))
  const [mark, copy] = [join(dataDir, 'life-mark.json'), join(backup, 'life-mark.json')]
  const longAgo = new Date(Date.now() - 10 * 60_000)
  const wayBack: (() => Promise<void>)[] = [
    () => copyFile(copy, mark),
    () => cp(copy, mark, { preserveTimestamps: true }),
    async () => {
      await rm(mark)
      await cp(copy, mark, { preserveTimestamps: true })
    },
  ]
  for (const putBack of wayBack) {
    await write()
    await writeLifeMark(dataDir, { ...(await readProgress(hub.pool)), at: longAgo.toISOString() })
    await utimes(mark, longAgo, longAgo)
    await cp(mark, copy, { preserveTimestamps: true })
    await (await keepLifeMark({ ...hub, dataDir })).close()
    expect(await guard(true)).toBe(0)
    await putBack()
    expect(await guard(true)).toBe(1)
  }
  await rm(backup, { recursive: true, force: true })
})

it('asks a person about what should have left more than an hour ago, and sends it when he says so', async () => {
  const [old, fresh] = [await write(), await write()]
  await hub.pool.query(`update outbox set next_attempt_at = now() - interval '61 minutes' where entry_id = $1`, [old])
  const worker = await openHubProcess(database.url, { work: true })
  await vi.waitFor(async () => expect(await entryOf(hub.pool, fresh)).toMatchObject({ status: 'sent' }), 60_000)
  await vi.waitFor(async () => expect(await entryOf(hub.pool, old)).toMatchObject({ status: 'unconfirmed' }), 60_000)
  expect(vendor.accepted).toHaveLength(1)
  await decideUnconfirmed(worker, { actor: systemActor, entryId: old, decision: 'again' })
  await vi.waitFor(async () => expect(await entryOf(hub.pool, old)).toMatchObject({ status: 'sent' }), 60_000)
  await worker.close()
})

it('does not mind a mark that is not there, or broken', async () => {
  await write()
  await rm(join(dataDir, 'life-mark.json'))
  expect(await readLifeMark(dataDir)).toBeUndefined()
  expect(await guard(true)).toBe(0)
})
