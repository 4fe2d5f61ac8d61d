import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import type { Actor } from '../access/actor.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { announceEntry } from './announce-entry.ts'
import { cancelScheduled } from './cancel-scheduled.ts'
import { findScheduled } from './list-scheduled.ts'
import { lockConversation } from './message-store.ts'
import { type ScheduleInput, scheduleMessage } from './schedule-message.ts'
import { sendDueMessages, sendScheduledNow } from './send-scheduled.ts'
import { writeNote } from './write-note.ts'

let database: TestDatabase
let hub: HubProcess
let channelId: string
let conversationId: string
const anna: Actor = { id: newId(), kind: 'user', role: 'operator', ownClientsOnly: false, name: 'Anna' }
const boris: Actor = { ...anna, id: newId(), name: 'Boris' }

beforeAll(async () => {
  database = await testDatabase()
  hub = await openHubProcess(database.url)
  channelId = await makeChannel(hub, 'http://127.0.0.1:9')
})
afterAll(async () => {
  await hub.close()
  await database.close()
})

/** A message for later, whose time then comes. */
async function due(minutesAgo = 1, more: Pick<ScheduleInput, 'buttons' | 'template'> = {}): Promise<string> {
  conversationId = await makeConversation(hub.pool, channelId)
  const id = await scheduleMessage(hub, { actor: anna, conversationId, text: 'tomorrow then', sendAt: new Date(Date.now() + 3_600_000), ...more })
  expect(await sendDueMessages(hub)).toBe(0)
  await hub.pool.query(`update scheduled_messages set send_at = now() - make_interval(mins => $2) where id = $1`, [id, minutesAgo])
  return id
}
const outgoing = async () =>
  (await hub.pool.query(`select status, text from entries where conversation_id = $1 and direction = 'outbound'`, [conversationId])).rows

async function clientWrites(): Promise<void> {
  const id = newId()
  await inTransaction(hub.pool, async (tx) => {
    await lockConversation(tx, conversationId)
    await tx.query(
      `insert into entries (id, kind, medium, direction, channel_id, conversation_id, text, occurred_at, received_at, sort_at)
       values ($1, 'message', 'chat', 'inbound', $2, $3, 'wait!', now(), now(), now())`,
      [id, channelId, conversationId],
    )
    await announceEntry(tx, id, conversationId)
  })
}

test('a message leaves once when its time comes, whoever looks for it, and the client waits no longer', async () => {
  const id = await due()
  const waits = async () => (await hub.pool.query('select waiting_since from conversations where id = $1', [conversationId])).rows[0].waiting_since
  expect(await waits()).not.toBeNull()
  const sent = await Promise.all([sendDueMessages(hub), sendDueMessages(hub), sendDueMessages(hub)])
  expect(sent.reduce((sum, count) => sum + count)).toBe(1)
  expect(await outgoing()).toEqual([{ status: 'queued', text: 'tomorrow then' }])
  expect(await findScheduled(hub, id)).toBeUndefined()
  expect(await waits()).toBeNull()
})

test.each([
  ['the client', () => clientWrites()],
  ['a colleague', () => writeNote(hub, { conversationId, actor: boris, text: 'do not send it' })],
])('it is held when %s wrote meanwhile, and goes when a person says so', async (_who, write) => {
  const id = await due()
  await write()
  expect(await sendDueMessages(hub)).toBe(0)
  expect(await findScheduled(hub, id)).toMatchObject({ state: 'held', reason: 'newer' })
  expect(await outgoing()).toEqual([])
  expect(await sendDueMessages(hub)).toBe(0)
  await sendScheduledNow(hub, id, anna)
  expect(await outgoing()).toHaveLength(1)
  await expect(sendScheduledNow(hub, id, anna)).rejects.toMatchObject({ code: 'not_found' })
})

test('newer is known where the live stream is pruned, too', async () => {
  const id = await due()
  await clientWrites()
  await hub.pool.query(`update scheduled_messages set seen_cursor = '1.0' where id = $1`, [id])
  await sendDueMessages(hub)
  expect(await findScheduled(hub, id)).toMatchObject({ state: 'held', reason: 'newer' })
})

test('what should have left long ago waits for a person: the hub was off, or a backup was put back', async () => {
  const id = await due(61)
  await sendDueMessages(hub)
  expect(await findScheduled(hub, id)).toMatchObject({ state: 'held', reason: 'overdue' })
  expect(await outgoing()).toEqual([])
})

test('what cannot be sent says why and does not stop the next', async () => {
  const id = await due()
  const broken = conversationId
  const until = (interval: string) => hub.pool.query(`update scheduled_messages set send_at = now() + $2::interval where id = $1`, [id, interval])
  await until('1 hour')
  const next = await due()
  await hub.pool.query(`update scheduled_messages set attachment_ids = array[$2]::uuid[] where id = $1`, [id, newId()])
  await until('-2 minutes')
  expect(await sendDueMessages(hub)).toBe(1)
  expect(await findScheduled(hub, next)).toBeUndefined()
  expect(await findScheduled(hub, id)).toMatchObject({ state: 'held', reason: 'failed', conversationId: broken })
  expect((await findScheduled(hub, id))?.detail).toContain('file')
})

test('cancelled, it never leaves; a time in the past is refused', async () => {
  const id = await due()
  await cancelScheduled(hub, id)
  expect(await sendDueMessages(hub)).toBe(0)
  expect(await outgoing()).toEqual([])
  await expect(cancelScheduled(hub, id)).rejects.toMatchObject({ code: 'not_found' })
  const past = { actor: anna, conversationId, text: 'late', sendAt: new Date(Date.now() - 1000) }
  await expect(scheduleMessage(hub, past)).rejects.toMatchObject({ code: 'invalid_request' })
})

test('ready answers and an approved template wait with their message; what the channel does not have is refused at once', async () => {
  const template = { name: 'order_ready', language: 'ru', values: { 'body.1': 'Anna' } }
  await expect(due(1, { buttons: ['Monday'] })).rejects.toMatchObject({ code: 'unsupported' })
  await expect(due(1, { template })).rejects.toMatchObject({ code: 'unsupported' })
  const [connector] = hub.connectors
  if (!connector) throw new Error('no connector')
  connector.manifest.limits = { buttons: { count: 2, length: 10 } }
  connector.listTemplates = async () => []
  const render = vi.spyOn(connector, 'render')
  await expect(due(1, { buttons: ['Monday', 'Tuesday', 'Friday'] })).rejects.toMatchObject({ code: 'invalid_request' })
  await due(1, { buttons: ['Monday', 'Tuesday'] })
  expect(await sendDueMessages(hub)).toBe(1)
  await due(1, { template })
  expect(await sendDueMessages(hub)).toBe(1)
  expect(render.mock.calls.map(([message]) => [message.buttons, message.template])).toEqual([
    [['Monday', 'Tuesday'], undefined],
    [undefined, template],
  ])
})
