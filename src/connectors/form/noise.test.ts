import { expect, it } from 'vitest'
import { fc } from '../../../tests/support/dice.ts'
import type { FormSubmitted, InboundEvent } from '../../core/connector/event.ts'
import { normalise } from './inbound.ts'
import { settings } from './settings.ts'

const own = settings.parse({})
const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b', 'text/plain; charset=windows-1251', '']

function read(body: string | Uint8Array, type = 'application/json', id = '1'): Promise<InboundEvent[]> {
  const headers = { 'content-type': type, 'x-switchboard-delivery-id': id }
  return Promise.resolve(
    normalise({ method: 'POST', path: '', query: '', headers, body: Buffer.from(body), receivedAt: new Date('2026-11-22T09:00:00Z') }, own),
  )
}

async function readForm(body: unknown): Promise<FormSubmitted> {
  const [event] = await read(JSON.stringify(body))
  if (event?.type !== 'form') throw new Error(`expected a form, got ${JSON.stringify(event)}`)
  return event
}

function storesCleanly(events: InboundEvent[]): boolean {
  const text = JSON.stringify(events)
  return (
    !text.includes('\\u0000') && !/\\ud[89a-f][0-9a-f]{2}/i.test(text) && events.every((event) => event.key.length > 0 && event.key.length <= 260)
  )
}

it('gives events that the database can hold for any bytes under any type', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: 'binary', maxLength: 400 }).map((text) => Buffer.from(text, 'utf16le')),
    fc.array(fc.tuple(fc.webFragments(), fc.webFragments())).map((pairs) => Buffer.from(pairs.map((pair) => pair.join('=')).join('&'))),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(`--b\r\nContent-Disposition: form-data; name="${text}"\r\n\r\n${text}\r\n--b--\r\n`)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(...types), async (body, type) => {
      const events = await read(body, type)
      expect(events.length).toBeGreaterThan(0)
      expect(storesCleanly(events)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

it('keeps every field of any flat form', async () => {
  const plain = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => text.trim() !== '' && !/[[\].]|^(secret|cookies?|sb_.*)$/i.test(text))
  await fc.assert(
    fc.asyncProperty(fc.dictionary(plain, plain, { minKeys: 1, maxKeys: 8, noNullPrototype: true }), async (body) => {
      const visible = Object.entries(body).filter(([name]) => !/secret|cookie|api.?key/i.test(name.normalize('NFKC')))
      const event = await readForm({ ...body, last: 'x' })
      for (const [name, value] of visible)
        expect(event.fields).toContainEqual(expect.objectContaining({ name: name.toWellFormed(), value: value.toWellFormed() }))
    }),
    { numRuns: 300 },
  )
})

it('keeps 100 kB of emoji whole', async () => {
  const text = '🙂'.repeat(25_000)
  expect((await readForm({ message: text })).text).toBe(text)
})

it('keeps text that runs from right to left, and joined emoji', async () => {
  const text = 'שלום עולם مرحبا 👨‍👩‍👧‍👦'
  expect(await readForm({ name: 'דוד', message: text })).toMatchObject({ text, from: { name: 'דוד' } })
})

it('takes NUL and half characters out', async () => {
  const event = await readForm({ name: 'An\u0000na', message: 'a\ud800b' })
  expect(event).toMatchObject({ from: { name: 'Anna' }, text: 'a\ufffdb' })
})

it('says how many of 10 000 fields it shows', async () => {
  const event = await readForm(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, 'x'])))
  expect(event.fields).toHaveLength(1001)
  expect(event.fields.at(-1)?.value).toBe('9000 more fields are in the delivery log only')
  const [form] = await read(Array.from({ length: 10_000 }, (_, index) => `key${index}=x`).join('&'), 'application/x-www-form-urlencoded')
  expect(form).toMatchObject({ type: 'form' })
})

it('cuts what is longer than a million characters', async () => {
  const event = await readForm({ message: 'x'.repeat(3_000_000), name: 'Anna' })
  expect(event.text.length).toBeLessThanOrEqual(1_000_001)
})

it('survives nesting of any depth', async () => {
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
  const lists = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const keys = `a${'[b]'.repeat(20_000)}=1&name=Anna`
  for (const body of [deep, lists]) expect((await read(body)).length).toBeGreaterThan(0)
  expect(await read(keys, 'application/x-www-form-urlencoded')).toMatchObject([{ type: 'form', from: { name: 'Anna' } }])
  expect(await read(`{"name":"Anna","a":${deep}}`)).toMatchObject([{ from: { name: 'Anna' } }])
})

it('pollutes no prototype', async () => {
  await read('{"__proto__":{"polluted":"yes"},"a":{"constructor":{"prototype":{"polluted":"yes"}}},"utm___proto__":"x"}')
  await read('__proto__[polluted]=yes&constructor.prototype.polluted=yes', 'application/x-www-form-urlencoded')
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

it('gives two deliveries two keys and one fingerprint when nothing names them', async () => {
  const bodies = [
    '{"name":"Anna","phone":"+7 916 123-45-67","page":"https://a.example/1"}',
    '{"phone":"8 (916) 123 45 67","name":" anna ","sb_elapsed":"5000"}',
  ]
  const [[first], [second], [again]] = await Promise.all([
    read(bodies[0] ?? '', 'application/json', '1'),
    read(bodies[1] ?? '', 'application/json', '2'),
    read(bodies[0] ?? '', 'application/json', '1'),
  ])
  expect(first?.key).not.toBe(second?.key)
  expect(first?.key).toBe(again?.key)
  expect(first).toMatchObject({ fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/), lookalikeWindowMs: 600_000 })
  expect(second).toMatchObject({ fingerprint: first?.type === 'form' ? first.fingerprint : '' })
})

it('joins a counter that names forms only with equal answers', async () => {
  const keys = await Promise.all(
    ['{"event_id":"42","name":"Anna"}', '{"event_id":"42","name":"Boris"}', '{"event_id":"42","name":"Anna"}'].map(
      async (body) => (await read(body))[0]?.key,
    ),
  )
  expect(keys[0]).toBe(keys[2])
  expect(keys[0]).not.toBe(keys[1])
})
