import { expect } from 'vitest'
import type { InboundEvent } from '../../src/core/connector/event.ts'

const types: Record<InboundEvent['type'], true> = {
  message: true,
  'message.edited': true,
  'message.deleted': true,
  receipt: true,
  receipts: true,
  reaction: true,
  form: true,
  identity: true,
  blocked: true,
  call: true,
  recording: true,
  unsupported: true,
  malformed: true,
}

/** What every event has to be, whatever came in. */
export function expectWellFormed(events: InboundEvent[]): void {
  expect(Array.isArray(events)).toBe(true)
  for (const event of events) {
    expect(Object.hasOwn(types, event.type), `an event of the type ${event.type}`).toBe(true)
    expect(event.key).toSatisfy((key: unknown) => typeof key === 'string' && key.length > 0 && key.length <= 500)
    if (event.occurredAt !== undefined) expect(new Date(event.occurredAt).toISOString()).toBe(event.occurredAt)
    if (event.type === 'unsupported' || event.type === 'malformed') expect(event.reason).not.toBe('')
    if ('externalId' in event) expect(event.externalId).not.toBe('')
    if ('from' in event) expect(Array.isArray(event.from.identities)).toBe(true)
  }
  const keys = events.map((event) => event.key)
  expect(new Set(keys).size, `keys of one delivery: ${keys.join(', ')}`).toBe(keys.length)
}

/** Events as JSON shows them, so that a fixture can name what it expects; bytes become base64. */
export function asJson(events: InboundEvent[]): unknown {
  return JSON.parse(JSON.stringify(events, (_name, value: unknown) => plain(value)))
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  // A Buffer turns itself into this before a replacer sees it.
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data)) {
    return Buffer.from(value.data).toString('base64')
  }
  return value
}
