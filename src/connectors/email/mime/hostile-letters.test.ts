import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tests/support/dice.ts'
import { normalise } from '../inbound.ts'
import { emailSettings } from '../settings.ts'
import { describeCalendar } from './calendar.ts'
import { readTnef } from './tnef.ts'

const folder = new URL('../fixtures/', import.meta.url)
const bodies = readdirSync(folder).map((name) => {
  const { body } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { body: string | { base64: string } }
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.base64, 'base64')
})
const settings = emailSettings.parse({ address: 'sales@shop.ru', provider: 'gmail' })

const read = (body: Uint8Array) =>
  normalise({ method: 'IMAP', path: '', query: '', headers: {}, body, receivedAt: new Date('2026-11-22T09:00:00Z') }, settings)

/** Pieces of two letters put together: boundaries, headers and encodings that do not belong to each other. */
const spliced = fc
  .tuple(fc.constantFrom(...bodies), fc.constantFrom(...bodies), fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 40 }))
  .map(([first, second, from, to, noise]) =>
    Buffer.concat([first.subarray(0, from % (first.length + 1)), noise, second.subarray(to % (second.length + 1))]),
  )

describe('hostile letters', () => {
  it('never throw, hold no NUL and give the same events twice', async () => {
    await fc.assert(
      fc.asyncProperty(spliced, async (body) => {
        const events = await read(body)
        expect(events.length).toBeGreaterThan(0)
        expect(JSON.stringify(events)).not.toContain('\\u0000')
        expect(await read(body)).toEqual(events)
      }),
      { numRuns: 300 },
    )
  })

  it('with thousands of nested or neighbouring parts are read in good time', async () => {
    const nested = Array.from({ length: 3000 }, (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`).join('')
    const wide = `From: a@b.ru\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(5000)}--b--`
    const startedAt = performance.now()
    for (const letter of [nested, wide]) expect((await read(Buffer.from(letter))).length).toBe(1)
    expect(performance.now() - startedAt).toBeLessThan(30_000)
  })

  it.each([
    ['blanks before the end of a line', `Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(500_000)}x`],
    ['open brackets in headers', `Authentication-Results: ${'('.repeat(100_000)}\r\nDate: ${'('.repeat(100_000)}\r\n\r\nx`],
    ['words cut into a hundred thousand pieces', `Subject: ${'=?utf-8?Q?a?= '.repeat(100_000)}\r\n\r\nx`],
    ['a name that is nearly an address', `From: ${'a'.repeat(100_000)}@ <a@b.ru>\r\n\r\nx`],
    ['a page of three million signs', `Content-Type: text/html\r\n\r\n${'<p>x</p>'.repeat(400_000)}`],
  ])('with %s are read in good time', async (_name, letter) => {
    const startedAt = performance.now()
    expect((await read(Buffer.from(`From: a@b.ru\r\n${letter}`)))[0]?.type).toBe('message')
    expect(performance.now() - startedAt).toBeLessThan(30_000)
  })

  it('as TNEF or calendar of random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        readTnef(Buffer.concat([Buffer.from('789f3e220100', 'hex'), noise]))
        describeCalendar(noise)
      }),
      { numRuns: 500 },
    )
  })
})
