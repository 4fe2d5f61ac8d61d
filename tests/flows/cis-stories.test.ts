import { describe, expect, test } from 'vitest'
import { megafonVats } from '../../src/connectors/megafon-vats/connector.ts'
import { uis } from '../../src/connectors/uis/connector.ts'
import { zadarma } from '../../src/connectors/zadarma/connector.ts'
import type { CallFactAt, DerivedCall } from '../../src/core/calls/call.ts'
import { deriveCall } from '../../src/core/calls/derive-call.ts'
import type { ReceivedDelivery } from '../../src/core/connector/delivery.ts'
import type { InboundEvent } from '../../src/core/connector/event.ts'
import { fc } from '../support/dice.ts'

const noon = Date.parse('2026-11-22T09:00:00Z')

/** What a PBX says, and at which second of the call. */
type Said = [second: number, fields: Record<string, string | number>]

function delivery(second: number, body: string): ReceivedDelivery {
  return { method: 'POST', path: '', query: '', headers: {}, body: Buffer.from(body), receivedAt: new Date(noon + second * 1000) }
}

const pbx = megafonVats.settings.parse({ crmToken: 'token-of-stories' })
const account = zadarma.settings.parse({ apiKey: 'k', apiSecret: 's', timeZone: 'UTC' })
const cabinet = uis.settings.parse({ token: 'token-of-stories' })
const form = (fields: Said[1]) => String(new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])))
const readers = {
  megafon: ([second, fields]: Said) => megafonVats.normalise(delivery(second, form(fields)), pbx),
  zadarma: ([second, fields]: Said) => zadarma.normalise(delivery(second, form(fields)), account),
  uis: ([second, fields]: Said) =>
    uis.normalise(delivery(second, JSON.stringify({ ...fields, notification_timestamp: noon / 1000 + second })), cabinet),
}

const incoming = { call_start: '2026-11-22 09:00:00', pbx_call_id: 'in_1', caller_id: '79990001122', called_did: '74950000000' }
const outgoing = { call_start: '2026-11-22 09:00:00', pbx_call_id: 'out_1', internal: '100', destination: '79990001122' }
const group = { callid: 'c1', phone: '79990001122', diversion: '74950000000' }
const row = { pbx_call_id: 'in_1', clid: '79990001122', is_recorded: false }
const session = { call_session_id: 1, contact_phone_number: '79990001122', virtual_phone_number: '74950000000', direction: 'in' }

const stories: { name: string; of: keyof typeof readers; said: Said[]; becomes: Partial<DerivedCall>; on?: string[] }[] = [
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
    name: 'a ring group, one answers, and each employee has a last word',
    of: 'megafon',
    said: [
      [1, { cmd: 'event', type: 'INCOMING', ...group, user: 'anna' }],
      [1, { cmd: 'event', type: 'INCOMING', ...group, user: 'boris' }],
      [9, { cmd: 'event', type: 'ACCEPTED', ...group, user: 'anna' }],
      [9, { cmd: 'event', type: 'CANCELLED', ...group, user: 'boris' }],
      [69, { cmd: 'event', type: 'COMPLETED', ...group, user: 'anna' }],
      [70, { cmd: 'history', type: 'in', ...group, user: 'boris', start: '20261122T090000Z', duration: 0, status: 'Missed' }],
      [70, { cmd: 'history', type: 'in', ...group, user: 'anna', start: '20261122T090000Z', duration: 60, status: 'Success' }],
    ],
    becomes: { state: 'ended', outcome: 'answered', direction: 'inbound', answeredBy: 'anna', waitSeconds: 9, talkSeconds: 60 },
    on: ['missed'],
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

describe.each(stories)('$of: $name', ({ of, said, becomes, on = [] }) => {
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
        expect([null, becomes.outcome, ...on]).toContain(outcome)
        if (last && some.includes(last)) expect({ outcome, talkSeconds }).toEqual({ outcome: becomes.outcome, talkSeconds: becomes.talkSeconds })
      }),
      { numRuns: 60 },
    )
  })
})

test('zadarma: the statistics of a phone that nobody took contradict no answer', async () => {
  const stats = [
    { ...row, call_id: '1', callstart: '2026-11-22 09:00:00', sip: '100', destination: '100', disposition: 'answered', seconds: 60 },
    { ...row, call_id: '2', callstart: '2026-11-22 09:01:10', sip: '101', destination: '101', disposition: 'no answer', seconds: 0 },
  ]
  const polled = { ...delivery(100, JSON.stringify({ status: 'success', stats })), method: 'POLL', path: '/v1/statistics/pbx/' }
  const whole = deriveCall(factsOf(await zadarma.normalise(polled, account)))
  expect(whole).toMatchObject({ state: 'ended', outcome: 'answered', answeredBy: '100', talkSeconds: 60 })
})
