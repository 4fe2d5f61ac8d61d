import { expect, test } from 'vitest'
import { authorise, queryOf } from './client.ts'
import { settings } from './settings.ts'
import { signatureOf, verify } from './signature.ts'

const channel = {
  id: 'c',
  key: 'k',
  hookUrl: 'https://hub.example/hooks/zadarma/k',
  settings: settings.parse({ apiKey: 'user', apiSecret: 'secret1' }),
}
const start = 'event=NOTIFY_START&call_start=2026-01-02+03%3A04%3A05&pbx_call_id=in_ab12&caller_id=79990001122&called_did=74950000000'
const request = (text: string, more: object = {}) => ({ method: 'POST', path: '', query: '', headers: {}, body: Buffer.from(text), ...more })

// Computed by PHP's hash_hmac as the vendor's own client does.
const vector = 'ZTMwOTJjYjY0OTczNmUxNzZhOTI5MGE0OGI5NDRiNWE3N2ZiY2EzZg=='

test('the signature is base64 of the hex text, not of the bytes', () => {
  expect(signatureOf('79990001122749500000002026-01-02 03:04:05', 'secret1')).toBe(vector)
  expect(verify(request(start, { headers: { signature: vector } }), channel).is).toBe('ok')
  const ofBytes = Buffer.from(Buffer.from(vector, 'base64').toString(), 'hex').toString('base64')
  expect(verify(request(start, { headers: { signature: ofBytes } }), channel).is).toBe('refused')
})

test('fields may come in the address; a signed field that was changed is refused', () => {
  expect(verify(request('', { query: start, headers: { signature: vector } }), channel).is).toBe('ok')
  expect(verify(request(start.replace('0001122', '0001123'), { headers: { signature: vector } }), channel).is).toBe('refused')
})

test('the echo of the cabinet is answered before any signature, and only when no event comes with it', () => {
  const echo = { is: 'reply', reply: { status: 200, body: '42abc' } }
  expect(verify(request('', { method: 'GET', query: 'zd_echo=42abc' }), channel)).toEqual(echo)
  expect(verify(request('zd_echo=42abc'), channel)).toEqual(echo)
  expect(verify(request(start, { query: 'zd_echo=42abc' }), channel).is).toBe('refused')
  expect(verify(request('', { method: 'GET' }), channel).is).toBe('refused')
})

test('nothing signed is no proof: the signature of an empty text fits no event', () => {
  const signature = signatureOf('', 'secret1')
  for (const event of ['NOTIFY_START', 'SMS', 'SOMETHING_NEW'])
    expect(verify(request(`event=${event}`, { headers: { signature } }), channel).is).toBe('refused')
})

test('a request is signed over path, sorted parameters and their MD5', () => {
  const query = queryOf({ to: '79990001122', from: '100' })
  expect(query).toBe('format=json&from=100&to=79990001122')
  expect(authorise('/v1/request/callback/', query, channel.settings)).toBe('user:OGY0MTZlN2JlMzZkNTZjYjNjMjA1Mzk1OGFhOGRhZGFiODRmZmY0MQ==')
  expect(queryOf({ start: '2026-01-02 03:04:05', a: 'b*' })).toBe('a=b%2A&format=json&start=2026-01-02+03%3A04%3A05')
})
