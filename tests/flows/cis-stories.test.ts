import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uis } from '../../src/connectors/uis/connector.ts'
import { zadarma } from '../../src/connectors/zadarma/connector.ts'
import type { CallFactAt, DerivedCall } from '../../src/core/calls/call.ts'
import { deriveCall } from '../../src/core/calls/derive-call.ts'
import type { ReceivedDelivery } from '../../src/core/connector/delivery.ts'
import type { InboundEvent } from '../../src/core/connector/event.ts'

const noon = Date.parse('2026-11-22T09:00:00Z')

/** What a PBX says, and at which second of the call. */
type Said = [second: number, fields: Record<string, string | number>]

function delivery(second: number, body: string): ReceivedDelivery {
  return { method: 'POST', path: '', query: '', headers: {}, body: Buffer.from(body), receivedAt: new Date(noon + second * 1000) }
}

const account = zadarma.settings.parse({ apiKey: 'k', apiSecret: 's', timeZone: 'UTC' })
const cabinet = uis.settings.parse({ token: 'token-of-stories' })
const readers = {
  zadarma: ([second, fields]: Said) =>
    zadarma.normalise(delivery(second, String(new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])))), account),
  uis: ([second, fields]: Said) =>
    uis.normalise(delivery(second, JSON.stringify({ ...fields, notification_timestamp: noon / 1000 + second })), cabinet),
}

const incoming = { call_start: '2026-11-22 09:00:00', pbx_call_id: 'in_1', caller_id: '79990001122', called_did: '74950000000' }
const outgoing = { call_start: '2026-11-22 09:00:00', pbx_call_id: 'out_1', internal: '100', destination: '79990001122' }
const session = { call_session_id: 1, contact_phone_number: '79990001122', virtual_phone_number: '74950000000', direction: 'in' }

const stories: { name: string; of: keyof typeof readers; said: Said[]; becomes: Partial<DerivedCall> }[] = [
  {
    name: 'a ring group, one answers',
    of: 'zadarma',
    said: [
      [0, { event: 'NOTIFY_START', ...incoming }],
      [1, { event: 'NOTIFY_INTERNAL', ...incoming, internal: '100' }],
      [1, { event: 'NOTIFY_INTERNAL', ...incoming, internal: '101' }],
      [9, { event: 'NOTIFY_ANSWER', ...incoming, destination: '101', internal: '101' }],
      [9, { event: 'NOTIFY_INTERNAL_END', ...incoming, internal: '100' }],
      [69, { event: 'NOTIFY_END', ...incoming, internal: '101', duration: 60, disposition: 'answered', is_recorded: 0 }],
    ],
    becomes: { state: 'ended', outcome: 'answered', direction: 'inbound', answeredBy: '101', waitSeconds: 9, talkSeconds: 60 },
  },
  {
    name: 'a menu, then nobody',
    of: 'zadarma',
    said: [
      [0, { event: 'NOTIFY_START', ...incoming }],
      [2, { event: 'NOTIFY_IVR', ...incoming, wait_dtmf: 1 }],
      [8, { event: 'NOTIFY_INTERNAL', ...incoming, internal: '100' }],
      [30, { event: 'NOTIFY_END', ...incoming, duration: 0, disposition: 'no answer', is_recorded: 0 }],
    ],
    becomes: { state: 'ended', outcome: 'missed', answeredBy: null, waitSeconds: 30, talkSeconds: 0 },
  },
  {
    name: 'a call of ours that is busy',
    of: 'zadarma',
    said: [
      [0, { event: 'NOTIFY_OUT_START', ...outgoing }],
      [5, { event: 'NOTIFY_OUT_END', ...outgoing, duration: 0, disposition: 'busy', is_recorded: 0 }],
    ],
    becomes: { state: 'ended', outcome: 'busy', direction: 'outbound', talkSeconds: 0 },
  },
  {
    name: 'an answer, then a transfer',
    of: 'uis',
    said: [
      [0, { event: 'incoming', ...session }],
      [1, { event: 'ringing', ...session, employee_id: 1 }],
      [9, { event: 'answered', ...session, employee_id: 1 }],
      [30, { event: 'talk_ended', ...session, employee_id: 1 }],
      [31, { event: 'ringing', ...session, employee_id: 2 }],
      [35, { event: 'answered', ...session, employee_id: 2 }],
      [69, { event: 'talk_ended', ...session, employee_id: 2 }],
      [69, { event: 'finished', ...session, employee_id: 1, talk_time_duration: 55, wait_time_duration: 9, total_time_duration: 69 }],
    ],
    becomes: { state: 'ended', outcome: 'answered', answeredBy: '1', waitSeconds: 9, talkSeconds: 55 },
  },
  {
    name: 'lost',
    of: 'uis',
    said: [
      [0, { event: 'incoming', ...session }],
      [1, { event: 'ringing', ...session, employee_id: 1 }],
      [20, { event: 'lost', ...session, wait_time_duration: 20 }],
      [21, { event: 'finished', ...session, talk_time_duration: 0, wait_time_duration: 20, total_time_duration: 20 }],
    ],
    becomes: { state: 'ended', outcome: 'missed', answeredBy: null, talkSeconds: 0, waitSeconds: 20 },
  },
]

function factsOf(events: InboundEvent[]): CallFactAt[] {
  return events.flatMap((event) => {
    if (event.type !== 'call') return []
    const { type: _, occurredAt, ...fact } = event
    return [{ ...fact, at: occurredAt ?? new Date(noon).toISOString() }]
  })
}

describe.each(stories)('$of: $name', ({ of, said, becomes }) => {
  const read = async (some: Said[]) => factsOf((await Promise.all(some.map(async (one) => await readers[of](one)))).flat())

  test('is the same call in every order, however often it is told', async () => {
    const whole = deriveCall(await read(said))
    expect(whole).toMatchObject(becomes)
    const shuffled = fc.tuple(fc.shuffledSubarray(said, { minLength: said.length }), fc.subarray(said))
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, again]) => {
        expect(deriveCall(await read([...all, ...again]))).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  test('is contradicted by no part of it, and equalled by every part that has its last word', async () => {
    const last = said.at(-1)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(said, { minLength: 1 }), async (some) => {
        const { outcome, talkSeconds } = deriveCall(await read(some))
        expect([null, becomes.outcome]).toContain(outcome)
        if (last && some.includes(last)) expect({ outcome, talkSeconds }).toEqual({ outcome: becomes.outcome, talkSeconds: becomes.talkSeconds })
      }),
      { numRuns: 60 },
    )
  })
})
