import { describe, expect, it } from 'vitest'
import type { Connector } from '../../../src/core/connector/connector.ts'
import type { RawDelivery } from '../../../src/core/connector/delivery.ts'
import { openBench } from '../bench.ts'
import { type ContractCase, contractDoor } from '../case.ts'
import type { Fixture } from '../fixtures.ts'

type Asked = 'signature' | 'secret' | 'public'

/**
 * `url` is asked for by the hub's own door, `session` by having opened the connection ourselves; the rest by `verify`. A connector without a
 * webhook has nothing to verify: what strangers bring to its door is judged by its events, as claimed.
 */
export function describeProofs(connector: Connector, contractCase: ContractCase, fixtures: Fixture[]): void {
  const { proof: proofs, transport } = connector.manifest
  const asked = proofs.filter((proof): proof is Asked => proof !== 'url' && proof !== 'session').filter(() => transport.includes('webhook'))
  // A fixture with settings of its own may bring a proof of its own.
  const requests = fixtures.filter(({ delivery, settings }) => delivery.method === 'POST' && settings === undefined).map(({ delivery }) => delivery)

  if (asked.length === 0) return
  describe('proof', () => {
    for (const proof of asked) {
      const proving = contractCase.proofs?.[proof]
      it(`"${proof}" is described by the case`, () => {
        expect(proving, `proofs.${proof} of the case`).toBeDefined()
      })
      if (!proving) continue
      const { channel, secrets } = openBench(connector)
      const verdict = (request: RawDelivery) => connector.verify?.(request, channel(proving.settings), contractDoor).is

      it(`"${proof}" lets the authentic in`, () => {
        expect(requests.length).toBeGreaterThan(0)
        for (const request of requests) expect(['ok', 'reply']).toContain(verdict(proving.sign(request, channel(proving.settings))))
      })

      it(`"${proof}" is really asked for: without any of its marks, or with a wrong one, a request is refused`, () => {
        for (const request of requests) {
          const signed = proving.sign(request, channel(proving.settings))
          expect(verdict(request), 'without a proof').toBe('refused')
          for (const forged of forgeries(request, signed)) expect(verdict(forged), JSON.stringify(forged.headers)).toBe('refused')
          for (const body of forgedBodies(proof, request, signed, secrets)) {
            expect(verdict({ ...signed, body }), Buffer.from(body).toString()).toBe('refused')
          }
        }
      })
    }

    if (!asked.includes('signature') || contractCase.exempt?.wholeBody !== undefined) return
    it('a signature covers the whole body', () => {
      const { channel } = openBench(connector)
      const proving = contractCase.proofs?.signature
      for (const request of requests) {
        const signed = proving?.sign(request, channel(proving.settings)) ?? request
        const tampered = { ...signed, body: Buffer.concat([signed.body, Buffer.from(' ')]) }
        expect(connector.verify?.(tampered, channel(proving?.settings), contractDoor).is).toBe('refused')
      }
    })
  })
}

/** The signed request with each mark of the proof in turn emptied, shortened and changed by one character. */
function forgeries(request: RawDelivery, signed: RawDelivery): RawDelivery[] {
  const marks = Object.keys(signed.headers).filter((name) => signed.headers[name] !== request.headers[name])
  return marks.flatMap((name) => {
    const value = signed.headers[name] ?? ''
    const wrong = ['', value.slice(0, -1), `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`, `${value}x`]
    return wrong.map((forged) => ({ ...signed, headers: { ...signed.headers, [name]: forged } }))
  })
}

/** Where the mark is in the body: the secret itself with its last character changed, else the end of the signature. */
function forgedBodies(proof: Asked, request: RawDelivery, signed: RawDelivery, secrets: ReadonlySet<string>): Uint8Array[] {
  const text = Buffer.from(signed.body).toString()
  if (text === Buffer.from(request.body).toString()) return []
  const changed = (part: string) => `${part.slice(0, -1)}${part.endsWith('0') ? '1' : '0'}`
  const shown = [...secrets].filter((secret) => text.includes(secret))
  if (shown.length > 0) return shown.map((secret) => Buffer.from(text.replaceAll(secret, changed(secret))))
  return proof === 'signature' ? [Buffer.from(changed(text))] : []
}
