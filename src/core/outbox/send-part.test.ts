import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type FakeVendor, fakeVendor } from '../../../tests/support/fake-vendor.ts'
import { entryOf, type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import { systemActor } from '../access/actor.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { composeMessage } from '../messages/compose-message.ts'
import { applyReceipt } from './apply-receipt.ts'
import { decideUnconfirmed } from './decide-unconfirmed.ts'
import { sendPart } from './send-part.ts'

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
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(async () => {
  await hub.close()
  await vendor.close()
  await database.close()
})

/** A message, and its one part, that nobody sends. */
async function write(): Promise<{ id: string; partId: string; conversationId: string }> {
  const unwoken = { ...hub, jobs: { ...hub.jobs, add: async () => {} } }
  const conversationId = await makeConversation(hub.pool, channelId)
  await hub.pool.query(
    `insert into entries (id, kind, direction, channel_id, conversation_id, occurred_at, received_at, sort_at) values ($1, 'message', 'inbound', $2, $3, $4, $4, $4)`,
    [newId(), channelId, conversationId, asked],
  )
  const { id } = await composeMessage(unwoken, { actor: systemActor, conversationId, text: 'hello' })
  const { rows } = await hub.pool.query<{ id: string }>('select id from outbox where entry_id = $1', [id])
  return { id, partId: rows[0]?.id ?? '', conversationId }
}

const asked = new Date('2026-11-20T09:00:00.000Z')

async function waitsSince(conversationId: string): Promise<Date | null> {
  const { rows } = await hub.pool.query<{ since: Date | null }>('select waiting_since as since from conversations where id = $1', [conversationId])
  return rows[0]?.since ?? null
}

const deps = () => ({ ...hub, sendingBy: 7 })

it('remembers what the vendor took however long the database is away', async () => {
  const { id, partId } = await write()
  const connect = hub.pool.connect.bind(hub.pool) as (done?: unknown) => unknown
  let away = 0
  const start = Date.now()
  // A transaction connects by itself; a lone query of the pool brings what is to be called then.
  vi.spyOn(hub.pool, 'connect').mockImplementation(((done?: unknown) => {
    if (done !== undefined || vendor.accepted.length === 0 || away >= 3) return connect(done)
    away++
    vi.spyOn(Date, 'now').mockReturnValue(start + away * 120_000)
    return Promise.reject(Object.assign(new Error('no server'), { code: 'ECONNREFUSED' }))
  }) as never)
  await sendPart(deps(), partId)
  expect(away).toBe(3)
  expect(await entryOf(hub.pool, id)).toEqual({ status: 'sent', error: null })
})

it('asks a person when what became of a message cannot be written down', async () => {
  const { id, partId, conversationId } = await write()
  const broken = { ...deps(), applyWaiting: () => Promise.reject(new Error('a mistake of ours')) }
  await sendPart(broken, partId)
  expect(await entryOf(hub.pool, id)).toMatchObject({ status: 'unconfirmed', error: { code: 'outcome_unknown' } })
  expect(await waitsSince(conversationId)).toBeNull()
  await decideUnconfirmed(hub, { actor: systemActor, entryId: id, decision: 'give_up' })
  expect(await waitsSince(conversationId)).toEqual(asked)
})

it('lets the client wait again when the vendor says later that the answer did not reach him', async () => {
  const { id, partId, conversationId } = await write()
  await sendPart(deps(), partId)
  expect(await waitsSince(conversationId)).toBeNull()
  const { rows } = await hub.pool.query<{ externalId: string }>('select external_id as "externalId" from entries where id = $1', [id])
  const said = { externalId: rows[0]?.externalId ?? '', status: 'failed' as const }
  expect(await inTransaction(hub.pool, (tx) => applyReceipt(tx, channelId, said))).toBe('applied')
  expect(await waitsSince(conversationId)).toEqual(asked)
})
