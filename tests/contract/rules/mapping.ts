import { describe, expect, it } from 'vitest'
import type { Connector } from '../../../src/core/connector/connector.ts'
import { openBench } from '../bench.ts'
import { type ContractCase, contractDoor } from '../case.ts'
import type { Fixture } from '../fixtures.ts'

/** Saying what fields mean, reading examples, testing oneself. */
export function describeMapping(connector: Connector, contractCase: ContractCase, fixtures: Fixture[]): void {
  const { readFields, readExample, testRequest } = connector
  if (readFields) {
    describe('fields to map', () => {
      it.each(fixtures)('$name gives the events of normalise, each with its sender and fields', async ({ delivery, settings }) => {
        const { settings: parsed } = openBench(connector).channel(settings ?? contractCase.settings)
        const events = await connector.normalise(delivery, parsed)
        const read = await readFields(delivery, parsed)
        const known = new Set(events.map(({ key }) => key))
        for (const { sender, event, fields } of read) {
          expect(sender).toMatchObject({ en: expect.stringMatching(/./), ru: expect.stringMatching(/./) })
          expect(known.has(event.key)).toBe(true)
          for (const field of fields) expect(field.as === undefined).toBe(field.by === undefined)
        }
        expect(read.length).toBeGreaterThanOrEqual(events.filter(({ type }) => type === 'form').length)
      })
    })
  }
  if (readExample) {
    it('makes nothing of what is no example, and shows no secret in the code it gives', () => {
      const bench = openBench(connector)
      const channel = bench.channel(contractCase.proofs?.secret?.settings ?? contractCase.settings)
      for (const text of ['', 'hello', '<p>hello</p>', 'curl', '[]', '\u0000'.repeat(1000), '<form '.repeat(1000)]) {
        expect(readExample(text, channel)?.request.body.length ?? 0).toBe(0)
      }
      const code = readExample(`curl https://old.example -d 'a=b'`, channel)?.snippet.code ?? ''
      for (const secret of bench.secrets) expect(code.includes(secret)).toBe(false)
    })
  }
  if (testRequest) {
    const asked = [contractCase.settings, ...Object.values(contractCase.proofs ?? {}).map((proof) => proof.settings)]
    it.each(asked)('its own test passes the proof of %o and is known for a test', async (settings) => {
      const channel = openBench(connector).channel(settings)
      const request = testRequest(channel)
      expect(connector.verify?.(request, channel, contractDoor)).toEqual({ is: 'ok' })
      const events = await connector.normalise({ ...request, receivedAt: new Date(0) }, channel.settings)
      expect(events.length).toBeGreaterThan(0)
      for (const event of events) expect('test' in event && event.test).toBeTruthy()
    })
  }
}
