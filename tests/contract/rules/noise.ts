import { describe, expect, it } from 'vitest'
import type { Connector } from '../../../src/core/connector/connector.ts'
import type { RawDelivery } from '../../../src/core/connector/delivery.ts'
import { fc } from '../../support/dice.ts'
import { openBench } from '../bench.ts'
import { type ContractCase, contractDoor } from '../case.ts'
import { expectWellFormed } from '../events.ts'
import type { Fixture } from '../fixtures.ts'

const numRuns = 150
const verdicts = ['ok', 'refused', 'reply']

const noise = fc.record({
  method: fc.constantFrom('POST', 'GET', 'HEAD'),
  path: fc.oneof(fc.constant(''), fc.webPath()),
  query: fc.oneof(fc.webQueryParameters(), fc.string()),
  headers: fc.dictionary(
    fc.string().map((name) => name.toLowerCase()),
    fc.string({ unit: 'binary' }),
    { maxKeys: 5 },
  ),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((json) => Buffer.from(json)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  ),
})

/** Fixtures with some of their bytes changed, cut out or doubled. */
function mutated(fixtures: Fixture[]) {
  const hit = fc.record({ at: fc.nat(), what: fc.constantFrom('set', 'cut', 'double'), byte: fc.nat(255) })
  return fc.tuple(fc.constantFrom(...fixtures), fc.array(hit, { minLength: 1, maxLength: 4 })).map(([fixture, hits]) => {
    let body = Buffer.from(fixture.delivery.body)
    for (const { at, what, byte } of hits) {
      const place = body.length === 0 ? 0 : at % body.length
      const tail = body.subarray(what === 'double' ? place : place + 1)
      body = Buffer.concat([body.subarray(0, place), what === 'set' ? Buffer.from([byte]) : Buffer.alloc(0), tail.subarray(0)])
      if (what === 'double') body = Buffer.concat([body.subarray(0, place), tail.subarray(0, 20), tail])
    }
    return { ...fixture, delivery: { ...fixture.delivery, body } }
  })
}

export function describeNoise(connector: Connector, contractCase: ContractCase, fixtures: Fixture[]): void {
  const { channel } = openBench(connector)
  const receivedAt = new Date('2026-11-22T09:00:00Z')

  async function survives(request: RawDelivery, settings: unknown): Promise<void> {
    const read = connector.settings.parse(settings)
    expectWellFormed(await connector.normalise({ ...request, receivedAt }, read))
    const key = connector.dedupeKey?.(request, read)
    expect(key === undefined || key.length > 0).toBe(true)
    if (connector.verify) expect(verdicts).toContain(connector.verify(request, channel(settings), contractDoor).is)
    if (connector.reply) expect(connector.reply(request, read, { kind: 'stored' }, channel(settings).hookUrl).status).toBeGreaterThanOrEqual(200)
  }

  describe('noise', () => {
    it('of random bytes and headers never crashes it', async () => {
      await fc.assert(
        fc.asyncProperty(noise, (request) => survives(request, contractCase.settings)),
        { numRuns },
      )
    })

    it('in a real delivery never crashes it', async () => {
      expect(fixtures.length).toBeGreaterThan(0)
      await fc.assert(
        fc.asyncProperty(mutated(fixtures), ({ delivery, settings }) => survives(delivery, settings ?? contractCase.settings)),
        { numRuns },
      )
    })

    it('is never taken for authentic', () => {
      for (const proof of ['signature', 'secret'] as const) {
        const proving = connector.manifest.proof.includes(proof) ? contractCase.proofs?.[proof] : undefined
        if (!proving) continue
        const read = channel(proving.settings)
        fc.assert(
          fc.property(noise, (request) => connector.verify?.(request, read, contractDoor).is !== 'ok'),
          { numRuns },
        )
      }
    })
  })
}
