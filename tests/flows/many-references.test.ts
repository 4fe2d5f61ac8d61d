import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

test('a delivery that names more than a lock table holds is applied, and so are its neighbours', async () => {
  const letters = Array.from({ length: 400 }, (_, index) => ({
    type: 'message',
    key: `letter ${index}`,
    direction: 'inbound',
    externalId: `letter ${index}`,
    from: { name: 'Анна', identities: [{ kind: 'email', value: `anna${index}@example.com`, evidence: 'claimed' }] },
    conversation: { by: 'references', tokens: [], references: Array.from({ length: 100 }, (_, step) => `reference ${index} ${step}`) },
    text: 'Ещё раз о том же',
  }))
  await hub.deliver(letters)
  await hub.deliver([{ ...letters[0], key: 'neighbour', externalId: 'neighbour', text: 'Рядом' }])
  await expect
    .poll(async () => (await hub.pool.query('select distinct status from deliveries')).rows, { timeout: 60_000 })
    .toEqual([{ status: 'applied' }])
})
