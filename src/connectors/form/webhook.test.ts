import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import { settings } from './settings.ts'
import { dedupeKey, reply, verify } from './webhook.ts'

const stored = { headers: {}, method: 'POST', path: '', query: '' }
const json = { 'content-type': 'application/json' }
const tilda = 'Name=Anna&tranid=1%3A2&formid=form7'

function post(body: string, headers: Record<string, string> = {}, more: Partial<RawDelivery> = {}): RawDelivery {
  return { ...stored, headers, body: Buffer.from(body), ...more }
}

function channel(given: unknown) {
  return { id: 'c', key: 'k', settings: settings.parse(given), hookUrl: 'https://hub.example/hooks/form/k' }
}

describe('verify', () => {
  it('takes a request by the address alone when nothing is set', () => {
    expect(verify(post('{"name":"Anna"}', json), channel({}))).toEqual({ is: 'ok' })
  })

  it.each(['test=test', 'test=test&apikey=x', '{"test":"test"}'])('answers the ping %s of Tilda with ok and makes no delivery', (body) => {
    expect(verify(post(body), channel({ proof: 'secret', secret: 'long-enough' }))).toMatchObject({ is: 'reply', reply: { status: 200, body: 'ok' } })
  })

  it('takes a client who writes test=test among other answers for a client', () => {
    expect(verify(post(`comment=x&${'a'.repeat(300)}=1&test=test`), channel({}))).toEqual({ is: 'ok' })
    expect(verify(post('name=Anna&phone=1&test=test'), channel({}))).toEqual({ is: 'ok' })
  })

  it('answers a look with GET or HEAD, but takes a GET that brings fields', () => {
    expect(verify(post('', {}, { method: 'GET' }), channel({})).is).toBe('reply')
    expect(verify(post('', {}, { method: 'GET', query: 'utm_source=x' }), channel({})).is).toBe('reply')
    expect(verify(post('', {}, { method: 'HEAD' }), channel({})).is).toBe('reply')
    expect(verify(post('', {}, { method: 'GET', query: 'phone=1' }), channel({})).is).toBe('ok')
  })

  const secret = 'correct-horse'
  const body = '{"name":"Anna","secret":"correct-horse"}'
  const bare = '{"name":"Anna"}'
  const mac = (encoding: 'hex' | 'base64') => createHmac('sha256', secret).update(bare).digest(encoding)
  it.each<[string, RawDelivery]>([
    ['X-Hub-Key', post(bare, { 'x-hub-key': secret })],
    ['X-Api-Key', post(bare, { 'x-api-key': secret })],
    ['Authorization', post(bare, { authorization: `Bearer ${secret}` })],
    ['the query', post(bare, {}, { query: `secret=${secret}` })],
    ['a JSON field', post(body, json)],
    ['a form field', post(`name=Anna&secret=${secret}`)],
    ["Typeform's signature", post(bare, { 'typeform-signature': `sha256=${mac('base64')}` })],
    ['a signature in hex', post(bare, { 'x-signature': mac('hex') })],
  ])('takes the secret in %s', (_where, request) => {
    expect(verify(request, channel({ proof: 'secret', secret }))).toEqual({ is: 'ok' })
    expect(verify(request, channel({ proof: 'secret', secret: 'another-secret' })).is).toBe('refused')
  })

  it('refuses a request without the secret, and never says what it is', () => {
    const verdict = verify(post(bare), channel({ proof: 'secret', secret }))
    expect(verdict.is).toBe('refused')
    expect(JSON.stringify(verdict)).not.toContain(secret)
  })

  it.each([
    ['https://shop.example', true],
    ['https://sub.shop.example', false],
    ['https://a.b.example', true],
    ['https://b.example', false],
    ['http://secure.example', false],
    ['https://shop.example.evil.example', false],
    ['https://xn--e1afmkfd.xn--p1ai', true],
    ['null', false],
  ])('judges the page %s by the allowed origins', (origin, allowed) => {
    const own = channel({ proof: 'public', origins: ['shop.example', '*.b.example', 'https://secure.example', 'пример.рф'] })
    expect(verify(post(bare, { origin }), own).is).toBe(allowed ? 'ok' : 'refused')
    expect(verify(post(bare, { referer: `${origin}/page` }), own).is).toBe(allowed ? 'ok' : 'refused')
  })

  it('answers a preflight with the CORS headers of the proof', () => {
    const options = post('', { origin: 'https://shop.example' }, { method: 'OPTIONS' })
    const headers = (given: unknown) => {
      const verdict = verify(options, channel(given))
      return verdict.is === 'reply' ? verdict.reply.headers : undefined
    }
    expect(headers({})).toMatchObject({ 'access-control-allow-origin': '*' })
    expect(headers({ proof: 'public', origins: ['shop.example'] })).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      vary: 'Origin',
    })
    expect(headers({ proof: 'public', origins: ['other.example'] })).toEqual({})
    expect(headers({ proof: 'secret', secret })).toEqual({})
  })
})

describe('dedupeKey', () => {
  it('is the key of the event', () => {
    expect(dedupeKey(post(tilda))).toBe('tilda:form7:1:2')
    expect(dedupeKey(post('{}', { 'idempotency-key': '"abc"' }))).toBe('idempotency:abc')
    expect(dedupeKey(post('{"submission_id":"12345678"}', json))).toBe('submission-id::12345678')
  })

  it('is absent where a short id may name something else, or nothing is named', () => {
    expect(dedupeKey(post('{"event_id":"conference-2026","name":"Anna"}', json))).toBeUndefined()
    expect(dedupeKey(post('{"submission_id":"7"}', json))).toBeUndefined()
    expect(dedupeKey(post('{"submission_id":"{{submission_id}}"}', json))).toBeUndefined()
    expect(dedupeKey(post('{"name":"Anna"}', json))).toBeUndefined()
    expect(dedupeKey(post('[{"tranid":"1"},{"tranid":"2"}]', json))).toBeUndefined()
  })
})

describe('reply', () => {
  const plain = settings.parse({})
  it('says ok to a script', () => {
    expect(reply(post('{"name":"A"}', { ...json, origin: 'https://shop.example' }), plain)).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' },
      body: '{"ok":true}',
    })
  })

  it('says ok to Tilda in its own way', () => {
    expect(reply(post(tilda), plain)).toMatchObject({ status: 200, body: 'ok' })
  })

  it('gives JSON-RPC its result', () => {
    expect(reply(post('{"jsonrpc":"2.0","method":"lead","params":{},"id":7}', json), plain).body).toBe('{"jsonrpc":"2.0","result":"ok","id":7}')
  })

  it('shows a person a page in his language, or sends him where the owner chose', () => {
    const request = post('name=Anna', { 'sec-fetch-mode': 'navigate', accept: 'text/html', 'accept-language': 'ru-RU,ru' })
    expect(reply(request, plain).body).toContain('Спасибо')
    expect(reply({ ...request, headers: { accept: 'text/html' } }, plain).body).toContain('Thank you')
    expect(reply(request, settings.parse({ thankYouUrl: 'https://shop.example/thanks' }))).toEqual({
      status: 303,
      headers: { location: 'https://shop.example/thanks' },
    })
  })
})
