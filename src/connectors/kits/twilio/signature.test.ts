import { describe, expect, test } from 'vitest'
import type { RawDelivery } from '../../../core/connector/delivery.ts'
import { verify } from './signature.ts'

const account = { accountSid: 'AC1', authToken: '12345', apiRoot: 'https://api.twilio.com' }
const fields = { From: '+15551230001', To: '+15551230002', Body: 'Привет & hi', MessageSid: 'SMaa', NumMedia: '0' }

function request(more: Partial<RawDelivery> & { signature?: string } = {}): RawDelivery {
  const { signature = 'POF6Ril5exvS745/q97Ik5zGh20=', ...rest } = more
  return {
    method: 'POST',
    path: '/sms',
    query: 'tenant=7',
    headers: { 'x-twilio-signature': signature },
    body: Buffer.from(new URLSearchParams(fields).toString()),
    ...rest,
  }
}

const verdict = (
  given: RawDelivery,
  settings: Partial<typeof account> & { previousAuthToken?: string } = {},
  hookUrl = 'https://hub.example.com/hooks/twilio',
) => verify(given, { id: '1', key: 'k', settings: { ...account, ...settings }, hookUrl }).is

// The signatures below were made by Twilio's own SDK 6.2.0.
describe('a signature of Twilio', () => {
  test('covers the address and every field', () => {
    expect(verdict(request())).toBe('ok')
    expect(verdict(request({ query: 'tenant=8' }))).toBe('refused')
    expect(verdict(request({ path: '/voice' }))).toBe('refused')
    expect(verdict(request({ body: Buffer.from(new URLSearchParams({ ...fields, Body: 'Привет' }).toString()) }))).toBe('refused')
    expect(verdict(request({ body: Buffer.from(new URLSearchParams({ ...fields, More: '' }).toString()) }))).toBe('refused')
  })

  test('is made for the configured address, whatever proxy or port stands between', () => {
    expect(verdict(request(), {}, 'https://hub.example.com:443/hooks/twilio')).toBe('ok')
    expect(verdict(request(), {}, 'https://other.example.com/hooks/twilio')).toBe('refused')
  })

  test('fits the token before as long as it is kept', () => {
    expect(verdict(request(), { authToken: 'new', previousAuthToken: '12345' })).toBe('ok')
    expect(verdict(request(), { authToken: 'new' })).toBe('refused')
    expect(verdict(request(), { authToken: 'new', previousAuthToken: '' })).toBe('refused')
  })

  test('of a JSON body is that of its hash in the address', () => {
    const json = {
      path: '',
      query: 'bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
      signature: 'MiTAKQnKvO6fd0dLia6qzTYCBuE=',
    }
    const at = 'https://hub.example.com/hooks/json'
    expect(verdict(request({ ...json, body: Buffer.from('{"a":1}') }), {}, at)).toBe('ok')
    expect(verdict(request({ ...json, body: Buffer.from('{"a":2}') }), {}, at)).toBe('refused')
  })

  test('is asked for, and only of what was posted', () => {
    expect(verdict({ ...request(), headers: {} })).toBe('refused')
    expect(verdict(request({ method: 'GET' }))).toBe('refused')
  })
})
