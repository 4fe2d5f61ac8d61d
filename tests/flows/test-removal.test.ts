import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { markTest } from '../../src/core/intake/mark-test.ts'
import { removeTests } from '../../src/core/intake/remove-tests.ts'
import { dumpClients, forgetClients } from '../support/client-dump.ts'
import { fc } from '../support/dice.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

// Whatever tests are sent to a hub that clients have written to: marked and removed, they leave nothing of themselves.

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

const caller = { actor: systemActor }
const touch = fc.record({
  identities: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
  topic: fc.constantFrom('', 'boiler', 'pump'),
  named: fc.boolean(),
})

function eventOf(key: string, index: number, { identities, topic, named }: { identities: number[]; topic: string; named: boolean }): object {
  return {
    type: 'form',
    key,
    occurredAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    from: {
      identities: identities.map((number) => ({ kind: 'test', value: `person-${number}`, evidence: number % 2 === 0 ? 'claimed' : 'attested' })),
      ...(named && { name: `Person of ${key}` }),
    },
    text: key,
    fields: [],
    ...(topic !== '' && { topic }),
    source: { utm: { source: key } },
  }
}

async function deliverOne(key: string, index: number, one: Parameters<typeof eventOf>[2]): Promise<string> {
  await hub.deliver([eventOf(key, index, one)], { dedupeKey: key })
  await hub.worker.drain()
  const { rows } = await hub.pool.query<{ id: string; status: string }>('select id, status from deliveries where dedupe_key = $1', [key])
  expect(rows[0]?.status).toBe('applied')
  return rows[0]?.id ?? ''
}

/** Names that a nameless card got stay with it: a name is no count, and nobody knows who gave it. */
async function seen(): Promise<Record<string, string[]>> {
  const { delivery_events: _events, ...dump } = await dumpClients(hub.pool)
  return { ...dump, contacts: (dump.contacts ?? []).map((row) => row.replace(/"name":"[^"]*"/, '"name":""')).sort() }
}

test('removed tests leave every card, lead, conversation and suggestion as it was', { timeout: 240_000 }, async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(touch, { maxLength: 6 }),
      fc.array(touch, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (real, tests, isReversed) => {
        await forgetClients(hub.pool)
        run += 1
        for (const [index, one] of real.entries()) await deliverOne(`${run}-real-${index}`, index, one)
        const before = await seen()
        const ids: string[] = []
        for (const [index, one] of tests.entries()) ids.push(await deliverOne(`${run}-test-${index}`, 100 + index, one))
        for (const id of ids) await markTest(hub, caller, { id, isTest: true })
        const results = await removeTests(hub, caller, isReversed ? ids.toReversed() : ids)
        expect(results.map(({ is }) => is)).toEqual(ids.map(() => 'removed'))
        expect(await seen()).toEqual(before)
      },
    ),
    { numRuns: 25 },
  )
})
