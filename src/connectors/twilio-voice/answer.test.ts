import { describe, expect, test } from 'vitest'
import type { CallDecision } from '../../core/connector/calling.ts'
import type { Decision } from '../../core/connector/connector.ts'
import { asks, reply } from './answer.ts'
import { type Settings, settings as schema } from './settings.ts'

const hookUrl = 'https://hub.example/hooks/twilio-voice/key'
const told = { greeting: 'Hello', recordingNotice: 'We record', closedGreeting: 'We are closed', voicemailGreeting: 'Leave a message' }
const decided = (more: Partial<CallDecision> = {}): CallDecision => ({
  kind: 'call',
  ring: ['+79990005566', 'client:anna'],
  isForAll: true,
  isOpen: true,
  ...more,
})
const nothing: Decision = { kind: 'stored' }

function request(path: string, query = '', fields: Record<string, string> = {}) {
  const body = new URLSearchParams({ CallSid: 'CA1', From: '+79990001122', To: '+15551230002', ...fields }).toString()
  return { method: 'POST', path, query, headers: {}, body: Buffer.from(body) }
}

function hears(given: ReturnType<typeof request>, decision: Decision, more: Partial<Settings> = {}): string {
  const { body = '' } = reply(given, schema.parse({ accountSid: 'AC1', authToken: 't', ...told, ...more }), decision, hookUrl)
  return body.replaceAll('&amp;', '&')
}

describe('a caller', () => {
  test('hears greeting and notice before the phones ring, all at once or in their order', () => {
    const heard = hears(request('/voice'), decided({ contactName: 'Maria & Co' }))
    expect(heard.indexOf('Hello')).toBeLessThan(heard.indexOf('We record'))
    expect(heard.indexOf('We record')).toBeLessThan(heard.indexOf('<Dial'))
    expect(heard).toContain('sequential="false"')
    expect(heard).toContain('<Parameter name="contact" value="Maria & Co"/>')
    expect(hears(request('/voice'), decided({ isForAll: false }))).toContain('sequential="true"')
  })

  test('is told the same again when Twilio repeats its question', () => {
    expect(hears(request('/voice'), decided())).toBe(hears(request('/voice'), decided()))
  })

  test('hears no notice where nothing is recorded', () => {
    const heard = hears(request('/voice'), decided(), { record: false })
    expect(heard).not.toContain('We record')
    expect(heard).not.toContain('record=')
  })

  test('outside business hours hears so and may leave a message', () => {
    const closed = hears(request('/voice'), decided({ isOpen: false }))
    expect(closed).toContain(`<Redirect>${hookUrl}/nobody?call=CA1&closed=1</Redirect>`)
    expect(closed).not.toContain('<Dial')
    expect(hears(request('/nobody', 'call=CA1&closed=1'), nothing)).toMatch(/We are closed.*<Record /)
    expect(hears(request('/nobody', 'call=CA1&closed=1'), nothing, { voicemail: false })).toMatch(/We are closed<\/Say><Hangup\/>/)
  })

  test('is put through to the numbers of the settings when no decision came in time, else to the voicemail; never to an error', () => {
    expect(hears(request('/voice'), nothing, { fallbackNumbers: '+79990007788, sip:desk@firm.example' })).toMatch(
      /\+79990007788<\/Number>.*sip:desk@firm\.example<\/Sip>/,
    )
    expect(hears(request('/voice'), nothing)).toContain(`${hookUrl}/nobody?call=CA1`)
  })

  test('waits with music while nobody is there, and leaves the queue when somebody is or it has lasted too long', () => {
    expect(hears(request('/voice'), decided({ ring: [] }))).toContain('<Enqueue')
    const wait = (seconds: number, decision: Decision) => hears(request('/wait', 'call=CA1&round=2', { QueueTime: String(seconds) }), decision)
    expect(wait(0, decided())).toContain('<Play>')
    expect(wait(40, decided({ ring: [] }))).toContain('<Play>')
    expect(wait(40, decided())).toContain('<Leave/>')
    expect(wait(300, decided({ ring: [] }))).toContain('<Leave/>')
  })

  test('is rung for as often as the settings say, then comes to the voicemail', () => {
    const unanswered = (round: number) =>
      hears(request('/dial-done', `call=CA1&round=${round}`, { DialCallStatus: 'no-answer' }), nothing, { rings: 2 })
    expect(unanswered(1)).toContain('round=2')
    expect(unanswered(1)).toContain('<Enqueue')
    expect(unanswered(2)).toContain('/nobody?')
  })

  test('whose call ends after it was answered is not rung for again', () => {
    expect(hears(request('/dial-done', 'call=CA1&round=1', { DialCallStatus: 'completed' }), nothing)).toContain('<Hangup/>')
  })
})

test('an extension is rung at the SIP domain; what cannot be rung is left out, and more than ten phones, too', () => {
  const ring = ['101', 'not a phone', ...Array.from({ length: 12 }, (_, index) => `+7999000${1000 + index}`)]
  const heard = hears(request('/voice'), decided({ ring }), { sipDomain: 'office.sip.twilio.com' })
  expect(heard).toContain('sip:101@office.sip.twilio.com</Sip>')
  expect(heard).not.toContain('not a phone')
  expect(heard.match(/<(Number|Sip|Client) /g)).toHaveLength(10)
})

test('core is asked while somebody waits, and never for a withheld number', () => {
  expect(asks(request('/voice'))).toEqual({ number: '+79990001122', dialled: '+15551230002' })
  expect(asks(request('/voice', '', { From: '+266696687' }))).toEqual({ dialled: '+15551230002' })
  expect(asks(request('/status'))).toBeUndefined()
})
