import { afterAll, beforeAll, expect, test } from 'vitest'
import { replayDelivery } from '../../src/core/intake/replay-delivery.ts'
import { showIncomplete } from '../../src/core/intake/show-incomplete.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

const texts = ['Добрый день! ', 'Нужны три окна ', 'и балконная дверь.']
let groups = 0
const newGroup = () => `sms ${++groups}`

function piece(group: string, index: number, more: object = {}) {
  return {
    type: 'message',
    key: `${group} ${index}`,
    direction: 'inbound',
    externalId: `${group} id ${index}`,
    occurredAt: `2026-11-22T09:00:0${index}.000Z`,
    from: { identities: [{ kind: 'test', value: `sender of ${group}`, evidence: 'attested' }] },
    conversation: { by: 'contact' },
    text: texts[index - 1],
    part: { group, index, count: 3 },
    ...more,
  }
}

async function entriesOf(group: string) {
  const { rows } = await hub.pool.query(
    `select e.text, e.event_key as key, e.external_id as "externalId", e.occurred_at as at from entries e
     where e.channel_id = $1 and e.event_key like $2 || ' %' order by e.event_key`,
    [hub.channelId, group],
  )
  return rows
}

async function statusesOf(group: string): Promise<string[]> {
  const { rows } = await hub.pool.query<{ status: string }>(`select status from delivery_events where key like $1 || ' %' order by key`, [group])
  return rows.map(({ status }) => status)
}

const whole = (group: string) => [{ text: texts.join(''), key: `${group} 1`, externalId: `${group} id 1`, at: new Date('2026-11-22T09:00:01.000Z') }]
const orders = [
  [1, 2, 3],
  [1, 3, 2],
  [2, 1, 3],
  [2, 3, 1],
  [3, 1, 2],
  [3, 2, 1],
]

test.each(orders)('pieces that come as %i, %i, %i are one message, with one card and one lead', async (...order) => {
  const group = newGroup()
  for (const [position, index] of order.entries()) {
    expect(await entriesOf(group)).toEqual([])
    await hub.deliver([piece(group, index)])
    await hub.worker.drain()
    if (position < 2) expect(await statusesOf(group)).toEqual(Array.from({ length: position + 1 }, () => 'waiting'))
  }
  expect(await entriesOf(group)).toEqual(whole(group))
  expect(await statusesOf(group)).toEqual(['applied', 'applied', 'applied'])
  expect((await hub.pool.query(`select from waiting_events where waits_for like '%' || $1`, [group])).rowCount).toBe(0)
})

test('pieces are joined in one delivery, in one batch and when each comes twice', async () => {
  const [together, apart] = [newGroup(), newGroup()]
  await hub.deliver([3, 1, 2].map((index) => piece(together, index)))
  await Promise.all([2, 3, 1, 2, 1, 3].map((index) => hub.deliver([piece(apart, index)])))
  await hub.worker.drain()
  expect(await entriesOf(together)).toEqual(whole(together))
  expect(await entriesOf(apart)).toEqual(whole(apart))
})

test.each([
  [[1, 3], 2, 'Добрый день! […]и балконная дверь.'],
  [[2, 3], 1, '[…]Нужны три окна и балконная дверь.'],
  [[2], 3, '[…]Нужны три окна […]'],
])('after the time-out pieces %j are shown without the others, and %i is put in its place', async (came, late, shown) => {
  const group = newGroup()
  for (const index of came) await hub.deliver([piece(group, index)])
  await hub.worker.drain()
  expect(await showIncomplete(hub)).toBe(0)
  expect(await showIncomplete(hub, -1_000)).toBe(1)
  expect(await showIncomplete(hub, -1_000)).toBe(0)
  expect(await entriesOf(group)).toMatchObject([{ text: shown }])
  expect(new Set(await statusesOf(group))).toEqual(new Set(['applied']))
  const rest = [1, 2, 3].filter((index) => !came.includes(index)).sort((a) => (a === late ? -1 : 1))
  for (const index of rest) {
    await hub.deliver([piece(group, index)])
    await hub.worker.drain()
  }
  expect(await entriesOf(group)).toMatchObject([{ text: texts.join('') }])
})

test('a number that comes anew before its group is whole is another message, and seen', async () => {
  const group = newGroup()
  await hub.deliver([piece(group, 1)])
  await hub.worker.drain()
  await hub.deliver([piece(group, 1, { key: `${group} other`, externalId: `${group} other`, text: 'Другое' })])
  await hub.worker.drain()
  expect(await entriesOf(group)).toMatchObject([{ text: 'Другое' }])
})

test('a replay of one piece leaves the message whole', async () => {
  const group = newGroup()
  for (const index of [2, 1, 3]) await hub.deliver([piece(group, index)], { dedupeKey: `${group}/${index}` })
  await hub.worker.drain()
  for (const index of [1, 2]) {
    const { rows } = await hub.pool.query<{ id: string }>('select id from deliveries where dedupe_key = $1', [`${group}/${index}`])
    expect(await replayDelivery(hub, rows[0]?.id ?? '')).toMatchObject({ rewritten: 0, added: 0 })
  }
  expect(await entriesOf(group)).toEqual(whole(group))
})
