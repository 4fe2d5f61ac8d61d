import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { ReceivedDelivery } from '../../src/core/connector/delivery.ts'

const fixtureFile = z.strictObject({
  /** For people: where this was seen. */
  about: z.string().optional(),
  method: z.string().default('POST'),
  path: z.string().default(''),
  query: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  /** Text as it is, `{ base64 }`, `{ file }` beside the fixture, or anything else as JSON. */
  body: z.unknown().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  receivedAt: z.iso.datetime().default('2026-11-22T09:00:00.000Z'),
  expect: z.array(z.looseObject({ type: z.string() })),
})

export interface Fixture {
  name: string
  delivery: ReceivedDelivery
  settings: Record<string, unknown> | undefined
  expect: Record<string, unknown>[]
}

/** All fixtures of a connector's folder, by name. A file that is none fails here, with its name. */
export function readFixtures(folder: string): Fixture[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  return names.toSorted().map((name) => readFixture(folder, name))
}

function readFixture(folder: string, name: string): Fixture {
  const parsed = fixtureFile.safeParse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
  if (!parsed.success) throw new Error(`${name} is not a fixture: ${z.prettifyError(parsed.error)}`)
  const { about: _about, settings, expect, receivedAt, body, headers, ...rest } = parsed.data
  const delivery = { ...rest, headers: lowerCased(headers), body: new Uint8Array(readBody(body, folder)), receivedAt: new Date(receivedAt) }
  return { name: name.replace(/\.json$/, ''), delivery, settings, expect }
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

const base64Body = z.strictObject({ base64: z.base64() })
const fileBody = z.strictObject({ file: z.string() })

function readBody(body: unknown, folder: string): Uint8Array {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return Buffer.from(body)
  const encoded = base64Body.safeParse(body).data
  if (encoded) return Buffer.from(encoded.base64, 'base64')
  const file = fileBody.safeParse(body).data
  return file ? readFileSync(path.join(folder, file.file)) : Buffer.from(JSON.stringify(body))
}
