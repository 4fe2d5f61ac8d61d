import { describe, expect, it } from 'vitest'
import type { Connector } from '../../../src/core/connector/connector.ts'
import type { InboundEvent } from '../../../src/core/connector/event.ts'
import type { ContractCase } from '../case.ts'
import { asJson, expectWellFormed } from '../events.ts'
import type { Fixture } from '../fixtures.ts'

/** Events of a fixture under its own settings, or those of the case. */
export async function normalised(connector: Connector, contractCase: ContractCase, fixture: Fixture): Promise<InboundEvent[]> {
  return connector.normalise(fixture.delivery, connector.settings.parse(fixture.settings ?? contractCase.settings))
}

export function describeFixtures(connector: Connector, contractCase: ContractCase, fixtures: Fixture[]): void {
  describe('fixtures', () => {
    it('exist', () => {
      expect(fixtures.length, `fixtures of ${connector.manifest.id}`).toBeGreaterThan(0)
    })

    for (const fixture of fixtures) {
      it(`${fixture.name} gives its events`, async () => {
        const events = await normalised(connector, contractCase, fixture)
        expectWellFormed(events)
        expect(asJson(events)).toMatchObject(fixture.expect)
      })
    }

    it('give the same events and the same keys however often they come', async () => {
      const settings = connector.settings.parse(contractCase.settings)
      for (const fixture of fixtures) {
        const first = await normalised(connector, contractCase, fixture)
        const again = { ...fixture, delivery: { ...fixture.delivery, receivedAt: new Date('2026-11-25T10:00:00Z') } }
        const second = await normalised(connector, contractCase, again)
        expect(
          second.map(({ key }) => key),
          fixture.name,
        ).toEqual(first.map(({ key }) => key))
        expect(connector.dedupeKey?.(fixture.delivery, settings)).toBe(connector.dedupeKey?.(again.delivery, settings))
      }
    })

    it('leave what they were given untouched', async () => {
      for (const fixture of fixtures) {
        const before = { ...structuredClone(fixture.delivery), body: Uint8Array.from(fixture.delivery.body) }
        await normalised(connector, contractCase, fixture)
        expect(fixture.delivery, fixture.name).toEqual(before)
      }
    })
  })

  describeKind('unsupported', 'an unknown event', connector, contractCase, fixtures)
  describeKind('malformed', 'a broken item', connector, contractCase, fixtures)
}

/** Fixtures named for one of the two values that are not errors: there must be one, or a reason why there is none. */
function describeKind(kind: 'unsupported' | 'malformed', what: string, connector: Connector, contractCase: ContractCase, fixtures: Fixture[]): void {
  const reason = contractCase.exempt?.[kind]
  const ofKind = fixtures.filter(({ name }) => name.startsWith(kind))
  if (reason !== undefined) {
    it(`has no ${what}: ${reason}`, () => {
      expect(ofKind.map(({ name }) => name)).toEqual([])
    })
    return
  }
  it(`keeps ${what} as "${kind}"`, async () => {
    expect(ofKind.length, `a fixture named ${kind}__<detail>.json`).toBeGreaterThan(0)
    for (const fixture of ofKind) {
      const types = (await normalised(connector, contractCase, fixture)).map(({ type }) => type)
      expect(types, fixture.name).toContain(kind)
    }
  })
}
