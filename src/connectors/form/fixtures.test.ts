import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { normalise } from './inbound.ts'
import { settings } from './settings.ts'

const fixture = z.object({
  method: z.string().default('POST'),
  query: z.string().default(''),
  headers: z.record(z.string(), z.string()),
  body: z.unknown().optional(),
  settings: z.unknown().default({}),
  expect: z.array(z.looseObject({ type: z.string() })),
})
const folder = new URL('./fixtures/', import.meta.url)

for (const name of readdirSync(folder)) {
  it(`reads ${name}`, async () => {
    const { expect: expected, ...given } = fixture.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
    const headers = Object.fromEntries(Object.entries(given.headers).map(([key, value]) => [key.toLowerCase(), value]))
    const delivery = { ...given, path: '', headers, body: bytesOf(given.body), receivedAt: new Date('2026-11-22T09:00:00Z') }
    const events = await normalise(delivery, settings.parse(given.settings))
    expect(JSON.parse(JSON.stringify(events, base64))).toMatchObject(expected)
  })
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return Buffer.from(body)
  const encoded = z.strictObject({ base64: z.string() }).safeParse(body)
  return Buffer.from(encoded.success ? Buffer.from(encoded.data.base64, 'base64') : JSON.stringify(body))
}

function base64(_name: string, value: unknown): unknown {
  const isBuffer =
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data)
  return isBuffer ? Buffer.from(value.data as number[]).toString('base64') : value
}
