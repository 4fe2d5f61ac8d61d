import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction } from '../../src/core/database/pool.ts'
import { applyReceipt } from '../../src/core/outbox/apply-receipt.ts'
import { markUntil, markUpTo } from '../../src/core/outbox/receipt-marks.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

const person = (name: string) => ({ name, identities: [{ kind: 'test', value: name, evidence: 'attested' }] })
const at = (second: number) => `2026-11-22T09:00:${String(second).padStart(2, '0')}.000Z`

/** Two messages from the vendor's own app and a mark that falls between them. */
function eventsFor(name: string): object[] {
  const echo = (number: number, second: number) => ({
    type: 'message',
    key: `${name} ${number}`,
    direction: 'outbound',
    externalId: `${name} ${number}`,
    occurredAt: at(second),
    from: { identities: [] },
    others: [person(name)],
    conversation: { by: 'contact' },
    text: `echo ${number}`,
  })
  const mark = { type: 'receipts', key: `${name} read`, from: person(name), status: 'read', until: at(15) }
  return [echo(1, 10), echo(2, 20), mark]
}

test.each([[[0, 1, 2]], [[2, 0, 1]], [[0, 2, 1]], [[1, 2, 0]], [[2, 1, 0]], [[1, 0, 2]]])(
  'a mark "read until" marks what is before it and nothing after it, in the order %j',
  async (order) => {
    const name = `client ${order.join('')}`
    const events = eventsFor(name)
    for (const number of order) {
      await hub.deliver([events[number]])
      await hub.worker.drain()
    }
    const { rows } = await hub.pool.query<{ status: string }>('select status from entries where external_id like $1 order by external_id', [
      `${name} %`,
    ])
    expect(rows.map(({ status }) => status)).toEqual(['read', 'sent'])
  },
)

test('a vendor that counts in seconds does not say what came first within one: the later message is not called read', async () => {
  const [first, second, mark] = eventsFor('seconds') as Record<string, unknown>[]
  await hub.deliver([first, { ...second, occurredAt: at(15) }, { ...mark, until: '2026-11-22T09:00:15.500Z' }])
  await hub.worker.drain()
  const { rows } = await hub.pool.query<{ status: string }>(`select status from entries where external_id like 'seconds %' order by external_id`)
  expect(rows.map(({ status }) => status)).toEqual(['read', 'sent'])
})

/** A message of ours with parts as the outbox has them: when the call of each began. */
async function ownMessage(conversationId: string, contactId: string, parts: { status: string; sentAt: string | null; externalId: string }[]) {
  const id = newId()
  await hub.pool.query(
    `insert into entries (id, kind, medium, direction, status, channel_id, conversation_id, contact_id, text, occurred_at, received_at, sort_at)
     values ($1, 'message', 'chat', 'outbound', $5, $2, $3, $4, 'ours', now(), now(), now())`,
    [id, hub.channelId, conversationId, contactId, parts.every(({ status }) => status === 'sent') ? 'sent' : 'sending'],
  )
  for (const [position, { status, sentAt, externalId }] of parts.entries()) {
    const partId = newId()
    await hub.pool.query(
      `insert into outbox (id, entry_id, channel_id, conversation_id, position, data, status, sent_at) values ($1, $2, $3, $4, $5, '{}', $6, $7)`,
      [partId, id, hub.channelId, conversationId, position, status, sentAt],
    )
    await hub.pool.query('insert into external_ids (channel_id, external_id, entry_id, part_id) values ($1, $2, $3, $4)', [
      hub.channelId,
      externalId,
      id,
      partId,
    ])
  }
  return id
}

async function clientOf(name: string): Promise<{ conversationId: string; contactId: string }> {
  const { externalId, ...said } = { ...eventsFor(name)[0], externalId: `${name} said` } as Record<string, unknown>
  await hub.deliver([{ ...said, externalId, key: externalId, direction: 'inbound', from: person(name), others: [] }])
  await hub.worker.drain()
  const { rows } = await hub.pool.query<{ conversationId: string; contactId: string }>(
    'select conversation_id as "conversationId", contact_id as "contactId" from entries where external_id = $1',
    [externalId],
  )
  const [found] = rows
  if (!found) throw new Error('the client has not come')
  return found
}

const statusOf = async (id: string) => (await hub.pool.query<{ status: string }>('select status from entries where id = $1', [id])).rows[0]?.status

test('a message of several parts is read when all of them are, by when the call of each began', async () => {
  const { conversationId, contactId } = await clientOf('parts')
  const part = (status: string, second: number, externalId: string) => ({ status, sentAt: at(second), externalId })
  const id = await ownMessage(conversationId, contactId, [part('sent', 10, 'p1'), part('sent', 30, 'p2')])
  const mark = (second: number, status: 'delivered' | 'read') =>
    inTransaction(hub.pool, (tx) => markUntil(tx, [conversationId], status, new Date(at(second))))
  expect(await mark(20, 'read')).toEqual([])
  expect(await statusOf(id)).toBe('sent')
  expect(await mark(40, 'delivered')).toEqual([id])
  expect(await statusOf(id)).toBe('delivered')
  expect(await mark(30, 'read')).toEqual([id])
  expect(await mark(10, 'read')).toEqual([])
  expect(await statusOf(id)).toBe('read')
})

test('a receipt that names one message and means all before it leaves what failed and what came later alone', async () => {
  const { conversationId, contactId } = await clientOf('up to')
  const of = (status: string, second: number, externalId: string) =>
    ownMessage(conversationId, contactId, [{ status, sentAt: at(second), externalId }])
  const ids = [await of('sent', 1, 'u1'), await of('failed', 2, 'u2'), await of('sent', 3, 'u3'), await of('sent', 4, 'u4')]
  await hub.pool.query(`update entries set status = 'failed' where id = $1`, [ids[1]])
  const changed = await inTransaction(hub.pool, async (tx) => {
    await applyReceipt(tx, hub.channelId, { externalId: 'u3', status: 'read' })
    return markUpTo(tx, hub.channelId, { externalId: 'u3', status: 'read' })
  })
  expect(changed).toEqual([ids[0]])
  expect(await Promise.all(ids.map(statusOf))).toEqual(['read', 'failed', 'read', 'sent'])
})
