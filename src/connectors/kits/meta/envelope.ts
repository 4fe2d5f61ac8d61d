import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { InboundEvent } from '../../../core/connector/event.ts'

/** An id of Meta's: text, though old ones came as numbers. */
export const metaId = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((id) => id !== '' && id.length <= 400)

/** One thing of a batch. `entryId` is the page or account it happened at. */
export type Item =
  | { is: 'change'; entryId: string; field: string; value: unknown }
  | { is: 'messaging' | 'standby'; entryId: string; value: unknown }
  | { is: 'broken'; value: unknown }

const envelope = z.object({ object: z.string(), entry: z.array(z.unknown()) })
const entry = z.object({
  id: metaId,
  changes: z.array(z.unknown()).default([]),
  messaging: z.array(z.unknown()).default([]),
  standby: z.array(z.unknown()).default([]),
})
const change = z.object({ field: z.string(), value: z.unknown() })

/** Every item of every entry, in order; undefined: the body is no event of this object (`page`, `instagram` …). */
export function readItems(body: Uint8Array, object: string): Item[] | undefined {
  const read = envelope.safeParse(parseJson(body)).data
  return read?.object === object ? read.entry.flatMap(itemsOf) : undefined
}

function itemsOf(value: unknown): Item[] {
  const read = entry.safeParse(value).data
  if (!read) return [{ is: 'broken', value }]
  const { id: entryId, changes, messaging, standby } = read
  return [
    ...changes.map((one): Item => {
      const { field, value: told } = change.safeParse(one).data ?? {}
      return field === undefined ? { is: 'broken', value: one } : { is: 'change', entryId, field, value: told }
    }),
    ...messaging.map((one): Item => ({ is: 'messaging', entryId, value: one })),
    ...standby.map((one): Item => ({ is: 'standby', entryId, value: one })),
  ]
}

/** Ids that came as numbers too long for a double keep their digits (https://tc39.es/proposal-json-parse-with-source/). */
function parseJson(body: Uint8Array): unknown {
  const text = Buffer.from(body).toString('utf8')
  const keepDigits = (_name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(context?.source ?? '') ? context?.source : value
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An item that cannot be read: parks alone. Equal ones are one. */
export function malformed(value: unknown, reason: string): InboundEvent {
  return { type: 'malformed', key: `malformed:${fingerprint(value)}`, reason }
}

/** Real, but nothing that is carried. */
export function unsupported(value: unknown, reason: string): InboundEvent {
  return { type: 'unsupported', key: `unsupported:${fingerprint(value)}`, reason }
}

export function fingerprint(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 32)
}

/** Reads by a schema, else says which fields could not be read. */
export function readWith<Value>(schema: z.ZodType<Value>, value: unknown, use: (read: Value) => InboundEvent[]): InboundEvent[] {
  const read = schema.safeParse(value)
  if (read.success) return use(read.data)
  const places = [...new Set(read.error.issues.map(({ path }) => path.join('.') || 'the item itself'))]
  return [malformed(value, `Cannot be read: ${places.join(', ')}`)]
}

/** A batch may hold the same thing twice. */
export function eachOnce(events: InboundEvent[]): InboundEvent[] {
  return [...new Map(events.map((event) => [event.key, event])).values()]
}

/** Unix time, as text or number, to ISO 8601; `occurredAt` is left out when no calendar holds it. */
export function occurred(time: string | number | undefined, unitMs: 1 | 1000): { occurredAt?: string } {
  const at = new Date(Number(time) * unitMs)
  return Number.isNaN(at.getTime()) ? {} : { occurredAt: at.toISOString() }
}
