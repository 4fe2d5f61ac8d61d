import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type FakeVendor, fakeVendor } from '../../../tests/support/fake-vendor.ts'
import { entryOf, type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import { systemActor } from '../access/actor.ts'
import { composeMessage } from '../messages/compose-message.ts'
import { decideUnconfirmed } from './decide-unconfirmed.ts'
import { guardAgainstRestore } from './guard-restore.ts'

let database: TestDatabase
let hub: HubProcess
let vendor: FakeVendor
let channelId: string

beforeAll(async () => {
  database = await testDatabase()
  vendor = await fakeVendor()
  hub = await openHubProcess(database.url)
  channelId = await makeChannel(hub, vendor.url)
})
afterAll(async () => {
  await hub.close()
  await vendor.close()
  await database.close()
})

async function write(): Promise<string> {
  const unwoken = { ...hub, jobs: { ...hub.jobs, add: async () => {} } }
  const entry = await composeMessage(unwoken, { actor: systemActor, conversationId: await makeConversation(hub.pool, channelId), text: 'hello' })
  return entry.id
}

it('asks a person about what a restored database says is still to be sent', async () => {
  const id = await write()
  expect(await guardAgainstRestore(hub)).toBe(0)
  expect(await entryOf(hub.pool, id)).toMatchObject({ status: 'queued' })
  await hub.pool.query(`update settings set value = '"another cluster/1/5"' where name = 'outbox_home'`)
  expect(await guardAgainstRestore(hub)).toBe(1)
  expect(await entryOf(hub.pool, id)).toMatchObject({ status: 'unconfirmed', error: { code: 'outcome_unknown' } })
  expect(await guardAgainstRestore(hub)).toBe(0)
})

it('asks a person about what should have left more than an hour ago, and sends it when he says so', async () => {
  const [old, fresh] = [await write(), await write()]
  await hub.pool.query(`update outbox set next_attempt_at = now() - interval '61 minutes' where entry_id = $1`, [old])
  const worker = await openHubProcess(database.url, { work: true })
  await vi.waitFor(async () => expect(await entryOf(hub.pool, fresh)).toMatchObject({ status: 'sent' }), 8_000)
  await vi.waitFor(async () => expect(await entryOf(hub.pool, old)).toMatchObject({ status: 'unconfirmed' }), 8_000)
  expect(vendor.accepted).toHaveLength(1)
  await decideUnconfirmed(worker, { actor: systemActor, entryId: old, decision: 'again' })
  await vi.waitFor(async () => expect(await entryOf(hub.pool, old)).toMatchObject({ status: 'sent' }), 8_000)
  await worker.close()
})
