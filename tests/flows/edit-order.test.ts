import { afterAll, beforeAll, expect, test } from 'vitest'
import { fc } from '../support/dice.ts'
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

interface Change {
  kind: 'edit' | 'reaction'
  /** Vendors count in whole seconds: two changes may share one. */
  second: number
  says: string
  html: boolean
}

function eventOf(name: string, { kind, second, says, html }: Change, number: number) {
  const shared = { externalId: name, occurredAt: `2026-11-22T09:00:0${second}.000Z`, key: `${name} changed ${number}` }
  const from = { name: 'Анна', identities: [{ kind: 'test', value: 'anna', evidence: 'attested' }] }
  if (kind === 'reaction') return { ...shared, type: 'reaction', from, emoji: says }
  return { ...shared, type: 'message.edited', text: says, ...(html && { html: `<b>${says}</b>` }) }
}

let messages = 0

/** How a message reads after its changes came in this order: number 0 is the message itself. */
async function readAfter(changes: Change[], order: number[]): Promise<unknown> {
  messages++
  const name = `message ${messages}`
  const events = [message(name), ...changes.map((change, index) => eventOf(name, change, index + 1))]
  for (const number of order) {
    await hub.deliver([events[number]])
    await hub.worker.drain()
  }
  const { rows } = await hub.pool.query(
    `select text, html, extra ->> 'editedAt' as "editedAt", extra -> 'reactions' -> 'anna' ->> 'emoji' as emoji from entries where external_id = $1`,
    [name],
  )
  expect(rows).toHaveLength(1)
  return rows[0]
}

const edit = (second: number, says: string): Change => ({ kind: 'edit', second, says, html: false })

test('a message edited and edited back reads the same whatever order the edits came in', async () => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [2, 1, 0],
    [1, 0, 2],
    [2, 0, 1],
  ]
  for (const order of orders) expect(await readAfter([edit(1, 'Нет'), edit(2, 'Да')], order)).toMatchObject({ text: 'Да' })
})

test('of two edits in one second the one that the vendor numbered later is the last', async () => {
  const nine = Array.from({ length: 9 }, () => edit(1, 'Нет'))
  const order = Array.from({ length: 11 }, (_, index) => index)
  expect(await readAfter([...nine, edit(1, 'Да, в десятый раз')], order)).toMatchObject({ text: 'Да, в десятый раз' })
  expect(await readAfter([...nine, edit(1, 'Да, в десятый раз')], order.toReversed())).toMatchObject({ text: 'Да, в десятый раз' })
})

const change = fc.record<Change>({
  kind: fc.constantFrom('edit', 'reaction'),
  second: fc.integer({ min: 1, max: 2 }),
  says: fc.constantFrom('', 'Да', 'Нет'),
  html: fc.boolean(),
})
const shuffled = fc.array(change, { minLength: 2, maxLength: 5 }).chain((changes) => {
  const numbers = Array.from({ length: changes.length + 1 }, (_, index) => index)
  const order = fc.shuffledSubarray(numbers, { minLength: numbers.length })
  return fc.record({ changes: fc.constant(changes), one: order, other: order })
})

test('every order of the same edits and reactions ends the same, also within one second', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(shuffled, async ({ changes, one, other }) => {
      expect(await readAfter(changes, other)).toEqual(await readAfter(changes, one))
    }),
    { numRuns: 25 },
  )
})
