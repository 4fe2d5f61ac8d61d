import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { deleteChannel } from '../../src/core/channels/delete-channel.ts'
import { pauseChannel } from '../../src/core/channels/pause-channel.ts'
import { resumeChannel } from '../../src/core/channels/resume-channel.ts'
import { updateChannel } from '../../src/core/channels/update-channel.ts'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction } from '../../src/core/database/pool.ts'
import { composeMessage } from '../../src/core/messages/compose-message.ts'
import { applyReceipt } from '../../src/core/outbox/apply-receipt.ts'
import { decideUnconfirmed } from '../../src/core/outbox/decide-unconfirmed.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { type FakeVendor, fakeVendor } from '../support/fake-vendor.ts'
import { entryOf, type HubProcess, makeChannel, makeConversation, openHubProcess } from '../support/outbox.ts'
import { testRedis } from '../support/redis.ts'

const redis = await testRedis()
if (!redis && process.env.CI) throw new Error('redis-server is not installed')
afterAll(async () => {
  await redis?.close()
})

const within = { timeout: 60_000, interval: 30 }
const by = { actor: systemActor }

describe.each(redis ? ['postgresql', 'redis'] : ['postgresql'])('outbox with jobs on %s', (store) => {
  let database: TestDatabase
  let hub: HubProcess
  let vendor: FakeVendor
  let channelId: string
  const redisUrl = store === 'redis' ? redis?.url : undefined

  beforeAll(async () => {
    database = await testDatabase()
    hub = await openHubProcess(database.url, { redisUrl, work: true })
  })
  afterAll(async () => {
    await hub.close()
    await database.close()
  })
  beforeEach(async () => {
    vendor = await fakeVendor()
    channelId = await makeChannel(hub, vendor.url)
  })
  afterEach(async () => {
    await deleteChannel(hub, { ...by, id: channelId })
    await vendor.close()
  })

  const write = (conversationId: string, text: string) => composeMessage(hub, { ...by, conversationId, text })
  const settled = async (id: string) => {
    await vi.waitFor(async () => expect((await entryOf(hub.pool, id)).status).not.toMatch(/queued|sending/), within)
    return entryOf(hub.pool, id)
  }

  it('sends a message once, and its ids take the receipts', async () => {
    const entry = await write(await makeConversation(hub.pool, channelId, 'anna'), 'hello')
    expect(entry).toMatchObject({ status: 'queued', direction: 'outbound', to: 'anna' })
    expect(await settled(entry.id)).toEqual({ status: 'sent', error: null })
    expect(vendor.accepted).toMatchObject([{ to: 'anna', text: 'hello' }])
    const receipt = (externalId: string, status: 'sent' | 'delivered' | 'read' | 'failed') =>
      inTransaction(hub.pool, (tx) => applyReceipt(tx, channelId, { externalId, status }))
    expect(await receipt('unknown', 'read')).toBe('waiting')
    expect(await receipt('also-v1', 'delivered')).toBe('applied')
    expect(await receipt('v1', 'delivered')).toBe('ignored')
    expect(await receipt('v1', 'read')).toBe('applied')
    expect(await receipt('v1', 'failed')).toBe('ignored')
    expect(await entryOf(hub.pool, entry.id)).toMatchObject({ status: 'read' })
    const { rows } = await hub.pool.query(`select payload ->> 'status' as status from live_events where subject_id = $1 order by id`, [entry.id])
    expect(rows.map((row) => row.status)).toEqual(['queued', 'sending', 'sent'])
  })

  it('applies a receipt that came before the vendor’s answer, and takes an echo of the message for the message', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    const [deliveryId, echoId] = [newId(), newId()]
    const event = { type: 'receipt', key: 'r1', externalId: 'v1', status: 'read' }
    await hub.pool.query(`insert into waiting_events (channel_id, key, waits_for, event, delivery_id) values ($1, 'r1', 'v1', $2, $3)`, [
      channelId,
      JSON.stringify(event),
      deliveryId,
    ])
    await hub.pool.query(
      `insert into entries (id, kind, direction, status, channel_id, conversation_id, delivery_id, event_key, external_id, occurred_at, received_at, sort_at)
       values ($1, 'message', 'outbound', 'sent', $2, $3, $4, 'echo', 'also-v1', now(), now(), now())`,
      [echoId, channelId, conversationId, deliveryId],
    )
    await hub.pool.query(`insert into external_ids (channel_id, external_id, entry_id) values ($1, 'also-v1', $2)`, [channelId, echoId])
    const entry = await write(conversationId, 'hello')
    await vi.waitFor(async () => expect(await entryOf(hub.pool, entry.id)).toEqual({ status: 'read', error: null }), within)
    const timeline = await hub.pool.query('select id from entries where conversation_id = $1', [conversationId])
    expect(timeline.rows).toEqual([{ id: entry.id }])
    const ids = await hub.pool.query('select distinct entry_id from external_ids where channel_id = $1', [channelId])
    expect(ids.rows).toEqual([{ entry_id: entry.id }])
  })

  it('counts the same as a vendor that accepts and then cuts the line; the rest is unconfirmed and never sent again', async () => {
    const tried = new Set<string>()
    vendor.behave((message) => {
      const [isFirst, kind] = [!tried.has(message.text), Number(message.text.split(' ')[1]) % 3]
      tried.add(message.text)
      if (kind === 0) return 'cut'
      return kind === 1 && isFirst ? 'busy' : 'ok'
    })
    const conversations = await Promise.all(Array.from({ length: 12 }, () => makeConversation(hub.pool, channelId)))
    const entries = await Promise.all(conversations.map((id, index) => write(id, `message ${index}`)))
    const states = await Promise.all(entries.map((entry) => settled(entry.id)))
    const [sent, unconfirmed] = ['sent', 'unconfirmed'].map((status) => states.filter((state) => state.status === status).length)
    expect([sent, unconfirmed]).toEqual([8, 4])
    expect(vendor.accepted).toHaveLength(entries.length)
    expect(new Set(vendor.accepted.map((message) => message.text)).size).toBe(entries.length)
    const before = vendor.requests()
    await new Promise((done) => setTimeout(done, 800))
    expect(vendor.requests()).toBe(before)
    expect(vendor.mostAtOnce()).toBeLessThanOrEqual(8)
  })

  it('sends the messages of a conversation, and the parts of a message, strictly in order', async () => {
    vendor.behave((_message, request) => (request % 4 === 2 ? 'limit' : 'ok'))
    const conversationId = await makeConversation(hub.pool, channelId)
    const files = await Promise.all(['a.png', 'b.png'].map((name) => upload(hub, name)))
    const [first, ...rest] = [
      await composeMessage(hub, { ...by, conversationId, text: 'one', attachmentIds: files }),
      await write(conversationId, 'two'),
      await write(conversationId, 'three'),
    ]
    for (const entry of [first, ...rest]) expect(await settled(entry?.id ?? '')).toMatchObject({ status: 'sent' })
    expect(vendor.accepted.map((message) => message.text)).toEqual(['one', 'a.png', 'b.png', 'two', 'three'])
    expect(vendor.accepted[1]?.files).toEqual([Buffer.from('content of a.png').toString('base64')])
    expect(first?.attachments.map((file) => file.name)).toEqual(['a.png', 'b.png'])
  })

  it('stops at a part that was refused, and sends only the rest when a person says again', async () => {
    vendor.behave((message) => (message.text === 'a.png' ? 'reject' : 'ok'))
    const conversationId = await makeConversation(hub.pool, channelId)
    await clientAsks(hub, channelId, conversationId)
    const entry = await composeMessage(hub, {
      ...by,
      conversationId,
      text: 'one',
      attachmentIds: [await upload(hub, 'a.png'), await upload(hub, 'b.png')],
    })
    expect(await settled(entry.id)).toEqual({ status: 'failed', error: { code: 'rejected', message: 'Part 2/3: said reject' } })
    expect(vendor.accepted.map((message) => message.text)).toEqual(['one'])
    const waits = () => hub.pool.query('select waiting_since from conversations where id = $1', [conversationId])
    await vi.waitFor(async () => expect((await waits()).rows).toEqual([{ waiting_since: expect.any(Date) }]), within)
    vendor.behave(() => 'ok')
    await decideUnconfirmed(hub, { ...by, entryId: entry.id, decision: 'again' })
    expect(await settled(entry.id)).toEqual({ status: 'sent', error: null })
    expect(vendor.accepted.map((message) => message.text)).toEqual(['one', 'a.png', 'b.png'])
  })

  it('lets a person decide what became of an unconfirmed message', async () => {
    vendor.behave(() => 'cut')
    const entries = await Promise.all(['arrived', 'again', 'give_up'].map(async (text) => write(await makeConversation(hub.pool, channelId), text)))
    for (const entry of entries) expect(await settled(entry.id)).toMatchObject({ status: 'unconfirmed', error: { code: 'outcome_unknown' } })
    vendor.behave(() => 'ok')
    const decided = await Promise.all(
      (['arrived', 'again', 'give_up'] as const).map((decision, index) =>
        decideUnconfirmed(hub, { ...by, entryId: entries[index]?.id ?? '', decision }),
      ),
    )
    expect(decided.map((entry) => entry.status)).toEqual(['sent', 'queued', 'failed'])
    expect(await settled(entries[1]?.id ?? '')).toMatchObject({ status: 'sent' })
    expect(vendor.accepted.map((message) => message.text).sort()).toEqual(['again', 'again', 'arrived', 'give_up'])
    expect(new Set(vendor.accepted.filter((message) => message.text === 'again').map((message) => message.idempotencyKey)).size).toBe(1)
    await expect(decideUnconfirmed(hub, { ...by, entryId: entries[0]?.id ?? '', decision: 'again' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('keeps messages queued while credentials are refused, asks for attention, and sends them once the settings are saved', async () => {
    vendor.behave(() => 'unauthorised')
    const entry = await write(await makeConversation(hub.pool, channelId), 'hello')
    await vi.waitFor(
      async () => expect(await entryOf(hub.pool, entry.id)).toMatchObject({ status: 'queued', error: { code: 'auth_failed' } }),
      within,
    )
    await vi.waitFor(async () => {
      const { rows } = await hub.pool.query('select state from channels where id = $1', [channelId])
      expect(rows[0].state).toBe('attention')
    }, within)
    vendor.behave(() => 'ok')
    await updateChannel(hub, { ...by, id: channelId, settings: { token: 'better' } })
    expect(await settled(entry.id)).toEqual({ status: 'sent', error: null })
    expect(vendor.accepted).toHaveLength(1)
  })

  it('sends nothing while the channel is paused, and what waited when it is resumed', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    vendor.behave(() => 'busy')
    const entry = await write(conversationId, 'hello')
    await vi.waitFor(() => expect(vendor.requests()).toBeGreaterThan(0), within)
    await pauseChannel(hub, { ...by, id: channelId })
    // An attempt that was on its way when the channel was paused still ends.
    await vi.waitFor(async () => expect((await entryOf(hub.pool, entry.id)).status).toBe('queued'), within)
    vendor.behave(() => 'ok')
    await expect(write(conversationId, 'not now')).rejects.toMatchObject({ code: 'channel_paused' })
    await new Promise((done) => setTimeout(done, 2_500))
    expect(vendor.accepted).toHaveLength(0)
    await resumeChannel({ ...hub, wakeApplying: () => {} }, { ...by, id: channelId })
    expect(await settled(entry.id)).toMatchObject({ status: 'sent' })
  })

  it('remembers that a message arrived although every database connection broke during the call', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    vendor.behave(() => 'slow')
    const entry = await write(conversationId, 'hello')
    await vi.waitFor(() => expect(vendor.accepted).toHaveLength(1), within)
    // Waits until each of them is gone.
    await hub.pool.query(
      'select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await vi.waitFor(async () => expect(await entryOf(hub.pool, entry.id)).toEqual({ status: 'sent', error: null }), within)
    vendor.behave(() => 'ok')
    const next = await write(conversationId, 'still there?')
    expect(await settled(next.id)).toMatchObject({ status: 'sent' })
    expect(vendor.accepted.map((message) => message.text)).toEqual(['hello', 'still there?'])
  })

  it('finds again what no job names', async () => {
    const conversationId = await makeConversation(hub.pool, channelId)
    const deaf = { ...hub, jobs: { ...hub.jobs, add: () => Promise.reject(new Error('the job store is away')) } }
    const entry = await composeMessage(deaf, { ...by, conversationId, text: 'hello' })
    expect(await settled(entry.id)).toMatchObject({ status: 'sent' })
  })
})

async function clientAsks(hub: HubProcess, channelId: string, conversationId: string): Promise<void> {
  await hub.pool.query(
    `insert into entries (id, kind, direction, channel_id, conversation_id, occurred_at, received_at, sort_at) values ($1, 'message', 'inbound', $2, $3, now(), now(), now())`,
    [newId(), channelId, conversationId],
  )
}

async function upload(hub: HubProcess, name: string): Promise<string> {
  const { rows } = await hub.pool.query(
    `insert into attachments (id, name, type, size, file) values (gen_random_uuid(), $1, 'image/png', 3, $2) returning id`,
    [name, `attachments/aa/${name}`],
  )
  await hub.files.write(`attachments/aa/${name}`, Buffer.from(`content of ${name}`))
  return rows[0].id
}

describe.each(redis ? ['postgresql', 'redis'] : ['postgresql'])('a worker that is killed, with jobs on %s', (store) => {
  it('leaves what it was sending unconfirmed, sends the rest, and nothing twice', async () => {
    const database = await testDatabase()
    const vendor = await fakeVendor()
    const redisUrl = store === 'redis' ? redis?.url : undefined
    const writer = await openHubProcess(database.url, { redisUrl })
    const channelId = await makeChannel(writer, vendor.url)
    const killed = await startWorker(database.url, redisUrl)
    vendor.behave((message) => (message.text === 'hangs' ? 'hang' : 'ok'))
    const conversations = await Promise.all(Array.from({ length: 4 }, () => makeConversation(writer.pool, channelId)))
    const hanging = await composeMessage(writer, { ...by, conversationId: conversations[0] ?? '', text: 'hangs' })
    await vi.waitFor(() => expect(vendor.accepted).toHaveLength(1), within)
    const gone = once(killed, 'exit')
    killed.kill('SIGKILL')
    await gone
    const later = await Promise.all(conversations.map((conversationId) => composeMessage(writer, { ...by, conversationId, text: 'later' })))
    const next = await startWorker(database.url, redisUrl)
    for (const entry of later) await vi.waitFor(async () => expect(await entryOf(writer.pool, entry.id)).toMatchObject({ status: 'sent' }), within)
    expect(await entryOf(writer.pool, hanging.id)).toMatchObject({ status: 'unconfirmed', error: { code: 'outcome_unknown' } })
    expect(vendor.accepted.map((message) => message.text)).toEqual(['hangs', 'later', 'later', 'later', 'later'])
    const ended = once(next, 'exit')
    next.kill('SIGKILL')
    await ended
    await writer.close()
    await vendor.close()
    await database.close()
  }, 240_000)
})

async function startWorker(databaseUrl: string, redisUrl: string | undefined) {
  const worker = fork(resolve(import.meta.dirname, '../support/outbox-process.ts'), [databaseUrl, redisUrl ?? ''], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(worker, 'message')
  return worker
}
