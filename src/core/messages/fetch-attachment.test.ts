import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type FakeVendor, fakeVendor } from '../../../tests/support/fake-vendor.ts'
import { type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import { newId } from '../database/id.ts'
import { fetchAttachment } from './fetch-attachment.ts'
import { startMedia } from './media-worker.ts'

let database: TestDatabase
let hub: HubProcess
let vendor: FakeVendor
let entryId: string

beforeAll(async () => {
  database = await testDatabase()
  hub = await openHubProcess(database.url, { work: true })
  vendor = await fakeVendor()
  const channelId = await makeChannel(hub, vendor.url)
  const conversationId = await makeConversation(hub.pool, channelId)
  entryId = newId()
  await hub.pool.query(
    `insert into entries (id, kind, direction, channel_id, conversation_id, occurred_at, received_at, sort_at) values ($1, 'message', 'inbound', $2, $3, now(), now(), now())`,
    [entryId, channelId, conversationId],
  )
})
afterAll(async () => {
  await hub.close()
  await vendor.close()
  await database.close()
})

async function expected(ref: string, age = '0'): Promise<string> {
  const { rows } = await hub.pool.query(
    `insert into attachments (id, entry_id, name, type, state, ref, created_at) values ($1, $2, 'photo.png', '', 'expected', $3, now() - $4::interval) returning id`,
    [newId(), entryId, ref, age],
  )
  return rows[0].id
}

async function attachment(id: string) {
  const { rows } = await hub.pool.query('select state, reason, size, sha256, type, file from attachments where id = $1', [id])
  return rows[0]
}

it('fetches what a vendor still has, through its passing faults, and says so', async () => {
  const sha256 = createHash('sha256').update('picture').digest('hex')
  const old = await expected('picture', '1 hour')
  const media = startMedia(hub, { lookEveryMs: 50, backOffMs: 50 })
  await vi.waitFor(async () => expect(await attachment(old)).toMatchObject({ state: 'ready' }), 60_000)
  const named = await expected('flaky')
  await vi.waitFor(async () => expect(await attachment(named)).toMatchObject({ state: 'ready', size: 7, sha256, type: 'image/png' }), 60_000)
  await media.close()
  const { file } = await attachment(named)
  expect(Buffer.from(await hub.files.read(file)).toString()).toBe('picture')
  const { rows } = await hub.pool.query(
    `select payload -> 'attachments' as files from live_events where subject_id = $1 and type = 'entry.changed' order by id`,
    [entryId],
  )
  expect(rows.at(-1).files).toMatchObject([{ state: 'ready' }, { state: 'ready' }])
})

it('marks as missing, with the reason, what the vendor no longer gives', async () => {
  const id = await expected('gone')
  await fetchAttachment(hub, id)
  expect(await attachment(id)).toMatchObject({ state: 'missing', reason: 'The file is gone.' })
})

it('takes no file into memory that is larger than memory should hold, and says so in both languages', async () => {
  const fetch = async () => new Response('x', { headers: { 'content-length': '2000000000' } })
  const id = await expected('film')
  await fetchAttachment({ ...hub, hubOf: (channelId: string) => ({ ...hub.hubOf(channelId), fetch }) }, id)
  expect(await attachment(id)).toMatchObject({ state: 'missing', reason: expect.stringContaining('250 MB') })
  const { rows } = await hub.pool.query('select words from attachments where id = $1', [id])
  expect(rows[0].words.ru).toContain('250 МБ')
})

it('gives up after three days', async () => {
  const deps = { ...hub, hubOf: (id: string) => ({ ...hub.hubOf(id), fetch: () => Promise.reject(new Error('no line')) }) }
  await expect(fetchAttachment(deps, await expected('x', '1 day'))).rejects.toThrow('no line')
  const old = await expected('x', '4 days')
  await fetchAttachment(deps, old)
  expect(await attachment(old)).toMatchObject({ state: 'missing', reason: 'It could not be fetched within three days.' })
})
