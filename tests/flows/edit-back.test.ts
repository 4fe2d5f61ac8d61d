import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

const message = (name: string) => ({
  type: 'message',
  key: `${name} said`,
  direction: 'inbound',
  externalId: name,
  occurredAt: '2026-11-22T09:00:00.000Z',
  from: { name, identities: [{ kind: 'test', value: name, evidence: 'attested' }] },
  conversation: { by: 'contact' },
  text: 'Да',
})
const edit = (name: string, second: number, text: string) => ({
  type: 'message.edited',
  key: `${name} edited ${second}`,
  externalId: name,
  occurredAt: `2026-11-22T09:00:0${second}.000Z`,
  text,
})

test('a message edited and edited back reads the same whatever order the edits came in', async () => {
  const orders = [
    ['said', 'away', 'back'],
    ['said', 'back', 'away'],
    ['back', 'away', 'said'],
    ['away', 'said', 'back'],
    ['back', 'said', 'away'],
  ] as const
  for (const order of orders) {
    const name = order.join(' ')
    const events = { said: message(name), away: edit(name, 1, 'Нет'), back: edit(name, 2, 'Да') }
    for (const step of order) {
      await hub.deliver([events[step]])
      await hub.worker.drain()
    }
  }
  const { rows } = await hub.pool.query('select external_id, text from entries order by external_id')
  expect(rows).toEqual(orders.map((order) => ({ external_id: order.join(' '), text: 'Да' })).sort((a, b) => (a.external_id < b.external_id ? -1 : 1)))
})
