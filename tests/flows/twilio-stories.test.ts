import { describe, expect, test } from 'vitest'
import { twilioVoice } from '../../src/connectors/twilio-voice/connector.ts'
import type { CallFactAt } from '../../src/core/calls/call.ts'
import { deriveCall } from '../../src/core/calls/derive-call.ts'
import { fc } from '../support/dice.ts'

const settings = twilioVoice.settings.parse({ accountSid: 'AC1', authToken: 't' })
const [client, anna, boris] = ['+79990001122', 'client:anna', '+79990005566']
const noon = Date.parse('2026-11-22T09:00:00Z')

type Hook = [second: number, path: string, query: string, fields: Record<string, string>]

const caller = { CallSid: 'CA1', From: client, To: '+15551230002', CallStatus: 'in-progress' }
const leg = (sid: string, to: string, status: string, order: number) => ({
  CallSid: sid,
  ParentCallSid: 'CA1',
  From: client,
  To: to,
  CallStatus: status,
  SequenceNumber: String(order),
})
const ofUser = 'call=CA1&leg=user'
const asked = 'request=r1&user=client%3Aanna&client=%2B79990001122'
const placed = { CallSid: 'CA1', From: '+15551230002', To: anna }

const stories: Record<string, { hooks: Hook[]; becomes: object; on?: string[] }> = {
  'a ring group, one answers': {
    hooks: [
      [0, '/voice', '', caller],
      [1, '/status', ofUser, leg('CA2', anna, 'ringing', 1)],
      [1, '/status', ofUser, leg('CA3', boris, 'ringing', 1)],
      [9, '/status', ofUser, leg('CA2', anna, 'in-progress', 2)],
      [9, '/status', ofUser, leg('CA3', boris, 'canceled', 2)],
      [69, '/status', ofUser, leg('CA2', anna, 'completed', 3)],
      [69, '/dial-done', 'call=CA1&round=1', { ...caller, DialCallStatus: 'completed' }],
      [70, '/status', '', { ...caller, CallStatus: 'completed', SequenceNumber: '0' }],
    ],
    becomes: { state: 'ended', outcome: 'answered', direction: 'inbound', answeredBy: anna, waitSeconds: 9 },
  },
  'queue, then an answer': {
    hooks: [
      [0, '/voice', '', caller],
      [1, '/status', ofUser, leg('CA2', anna, 'ringing', 1)],
      [25, '/status', ofUser, leg('CA2', anna, 'no-answer', 2)],
      [25, '/dial-done', 'call=CA1&round=1', { ...caller, DialCallStatus: 'no-answer' }],
      [26, '/wait', 'call=CA1&round=2', { ...caller, QueueTime: '0' }],
      [60, '/queue-done', 'call=CA1&round=2', { ...caller, QueueResult: 'leave' }],
      [61, '/status', ofUser, leg('CA4', boris, 'ringing', 1)],
      [65, '/status', ofUser, leg('CA4', boris, 'in-progress', 2)],
      [95, '/status', ofUser, leg('CA4', boris, 'completed', 3)],
      [95, '/status', '', { ...caller, CallStatus: 'completed', SequenceNumber: '0' }],
    ],
    becomes: { outcome: 'answered', answeredBy: boris, talkSeconds: 30 },
  },
  'nobody, then the voicemail': {
    hooks: [
      [0, '/voice', '', caller],
      [1, '/status', ofUser, leg('CA2', anna, 'no-answer', 2)],
      [25, '/nobody', 'call=CA1&round=1', caller],
      [50, '/recording', 'call=CA1&voicemail=1', { CallSid: 'CA1', RecordingSid: 'RE1', RecordingStatus: 'completed', RecordingChannels: '1' }],
      [50, '/status', '', { ...caller, CallStatus: 'completed', SequenceNumber: '0' }],
    ],
    becomes: { outcome: 'voicemail', answeredBy: null, talkSeconds: 0 },
    // Nobody answered before he spoke to the voicemail.
    on: ['missed'],
  },
  'abandoned in the queue': {
    hooks: [
      [0, '/voice', '', caller],
      [1, '/wait', 'call=CA1&round=2', { ...caller, QueueTime: '0' }],
      [40, '/queue-done', 'call=CA1&round=2', { ...caller, CallStatus: 'completed', QueueResult: 'hangup' }],
      [40, '/status', '', { ...caller, CallStatus: 'completed', SequenceNumber: '0' }],
    ],
    becomes: { outcome: 'abandoned', state: 'ended' },
  },
  'hung up while it rang': {
    hooks: [
      [0, '/voice', '', caller],
      [1, '/status', ofUser, leg('CA2', anna, 'ringing', 1)],
      [7, '/status', ofUser, leg('CA2', anna, 'canceled', 2)],
      [7, '/dial-done', 'call=CA1&round=1', { ...caller, CallStatus: 'completed', DialCallStatus: 'no-answer' }],
      [7, '/status', '', { ...caller, CallStatus: 'completed', SequenceNumber: '0' }],
    ],
    becomes: { outcome: 'missed', talkSeconds: 0 },
  },
  'a transfer that nobody takes': {
    hooks: [
      [0, '/voice', '', caller],
      [9, '/status', ofUser, leg('CA2', anna, 'in-progress', 2)],
      [30, '/status', ofUser, leg('CA2', anna, 'completed', 3)],
      [31, '/status', ofUser, leg('CA5', boris, 'ringing', 1)],
      [50, '/status', ofUser, leg('CA5', boris, 'no-answer', 2)],
      [50, '/dial-done', 'call=CA1&answered=1', { ...caller, DialCallStatus: 'no-answer' }],
      [50, '/nobody', 'call=CA1&answered=1', caller],
      [70, '/recording', 'call=CA1&voicemail=1&answered=1', { CallSid: 'CA1', RecordingSid: 'RE1', RecordingStatus: 'completed' }],
      [70, '/status', '', { ...caller, CallStatus: 'completed', SequenceNumber: '0' }],
    ],
    becomes: { outcome: 'answered', answeredBy: anna },
  },
  'a call we asked for, answered': {
    hooks: [
      [0, '/status', asked, { ...placed, CallStatus: 'initiated', SequenceNumber: '0' }],
      [1, '/status', asked, { ...placed, CallStatus: 'ringing', SequenceNumber: '1' }],
      [5, '/status', asked, { ...placed, CallStatus: 'in-progress', SequenceNumber: '2' }],
      [6, '/status', `${asked}&leg=client`, { ...leg('CA6', client, 'ringing', 1), From: '+15551230002' }],
      [12, '/status', `${asked}&leg=client`, { ...leg('CA6', client, 'in-progress', 2), From: '+15551230002' }],
      [42, '/status', `${asked}&leg=client`, { ...leg('CA6', client, 'completed', 3), From: '+15551230002' }],
      [42, '/status', asked, { ...placed, CallStatus: 'completed', SequenceNumber: '3' }],
    ],
    becomes: { outcome: 'answered', direction: 'outbound', answeredBy: anna, waitSeconds: 12, talkSeconds: 30 },
  },
  'a call we asked for, transferred': {
    hooks: [
      [0, '/status', asked, { ...placed, CallStatus: 'ringing', SequenceNumber: '1' }],
      [12, '/status', `${asked}&leg=client`, { ...leg('CA6', client, 'in-progress', 2), From: '+15551230002' }],
      [30, '/status', 'call=CA1&leg=user&answered=1', { ...leg('CA7', boris, 'in-progress', 2), ParentCallSid: 'CA6' }],
      [30, '/status', asked, { ...placed, CallStatus: 'completed', SequenceNumber: '3' }],
      [60, '/dial-done', 'call=CA1&answered=1', { ...placed, CallSid: 'CA6', CallStatus: 'completed', DialCallStatus: 'completed' }],
    ],
    becomes: { outcome: 'answered', direction: 'outbound', answeredBy: anna },
  },
  'a call we asked for, busy': {
    hooks: [
      [0, '/status', asked, { ...placed, CallStatus: 'ringing', SequenceNumber: '1' }],
      [5, '/status', asked, { ...placed, CallStatus: 'in-progress', SequenceNumber: '2' }],
      [9, '/dial-done', asked, { ...placed, CallStatus: 'in-progress', DialCallStatus: 'busy' }],
      [10, '/status', asked, { ...placed, CallStatus: 'completed', SequenceNumber: '3' }],
    ],
    becomes: { outcome: 'busy', direction: 'outbound', talkSeconds: 0 },
  },
}

async function factsOf(hooks: Hook[]): Promise<CallFactAt[]> {
  const told = hooks.map(async ([second, path, query, fields]) => {
    const at = new Date(noon + second * 1000)
    const timed = path === '/status' ? { ...fields, Timestamp: at.toUTCString() } : fields
    const body = Buffer.from(new URLSearchParams(timed).toString())
    const events = await twilioVoice.normalise({ method: 'POST', path, query, headers: {}, body, receivedAt: at }, settings)
    return events.flatMap((event) => (event.type === 'call' ? [{ ...event, at: event.occurredAt ?? at.toISOString() }] : []))
  })
  return (await Promise.all(told)).flat()
}

describe.each(Object.entries(stories))('%s', (_name, { hooks, becomes, on = [] }) => {
  test('is told by the hooks as it was, in every order and however often', async () => {
    const facts = await factsOf(hooks)
    const call = deriveCall(facts)
    expect(call).toMatchObject(becomes)
    expect(new Set(facts.map((fact) => fact.callId))).toEqual(new Set(['CA1']))
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }), (told) => {
        expect(deriveCall(told)).toEqual(call)
      }),
    )
  })

  test('and part of the hooks leave the outcome open or say the same', async () => {
    const facts = await factsOf(hooks)
    const { outcome } = deriveCall(facts)
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: 1 }), (told) => {
        expect([null, outcome, ...on]).toContain(deriveCall(told).outcome)
      }),
    )
  })
})
