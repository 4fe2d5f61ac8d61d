import { describe, expect, it } from 'vitest'
import { type RawDelivery, senderRateHeader } from '../../core/connector/delivery.ts'
import { settings } from './settings.ts'
import { dedupeKey, reply, verify } from './webhook.ts'

const channel = (given: object = {}) => ({ id: 'c', key: 'k', hookUrl: 'https://hub.example/hooks/site-chat/k', settings: settings.parse(given) })
const door = (count = 1) => ({ visitorsOf: (token: string) => (token === 'good' ? ['v-11111111', 'v-00000000'] : undefined), count: () => count })
const request = (changes: Partial<RawDelivery> = {}): RawDelivery => ({
  method: 'POST',
  path: '',
  query: 'visitor=v-11111111&id=m-00000001',
  body: Buffer.from('{}'),
  ...changes,
  headers: { origin: 'https://shop.example', authorization: 'Bearer good', ...changes.headers },
})

describe('who may send', () => {
  it('is a visitor with our token, under his own id or one he had before', () => {
    expect(verify(request(), channel(), door())).toEqual({ is: 'ok' })
    expect(verify(request({ query: 'visitor=v-00000000&id=m-00000001' }), channel(), door()).is).toBe('ok')
    expect(verify(request({ query: 'visitor=v-99999999&id=m-00000001' }), channel(), door()).is).toBe('refused')
    expect(verify(request({ headers: { authorization: 'Bearer bad' } }), channel(), door()).is).toBe('refused')
    expect(verify(request({ query: 'visitor=v-11111111' }), channel(), door()).is).toBe('refused')
  })

  it('is a page of an allowed site, whose name the refusal tells', () => {
    const shop = channel({ origins: ['*.shop.example', 'https://shop.example'] })
    for (const origin of ['https://shop.example', 'https://www.shop.example'])
      expect(verify(request({ headers: { origin } }), shop, door()).is).toBe('ok')
    for (const origin of ['https://evil-shop.example', 'http://shop.example', 'null', 'https://shop.example.evil.example']) {
      expect(verify(request({ headers: { origin } }), shop, door())).toMatchObject({ is: 'refused', reason: expect.stringContaining(origin) })
    }
  })
})

describe('browsers', () => {
  it('hear before they send that they may, and after it that it is stored', () => {
    const asked = verify(request({ method: 'OPTIONS', query: '', headers: { authorization: '' } }), channel(), door())
    expect(asked).toMatchObject({ reply: { status: 204, headers: { 'access-control-allow-origin': 'https://shop.example' } } })
    expect(reply(request())).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': 'https://shop.example' } })
  })
})

describe('too much', () => {
  it('of one visitor, or of one network address, is told to wait, readable for the page', () => {
    const limited = channel({ maxPerMinute: 5, maxPerAddress: 50 })
    expect(verify(request(), limited, door(5)).is).toBe('ok')
    const slow = { reply: { status: 429, headers: { 'retry-after': '15', 'access-control-allow-origin': 'https://shop.example' } } }
    expect(verify(request(), limited, door(6))).toMatchObject(slow)
    expect(verify(request({ headers: { [senderRateHeader]: '51' } }), limited, door())).toMatchObject(slow)
  })

  it('in one body is refused: files by the setting, texts by what a text can be', () => {
    const type = { 'content-type': 'multipart/form-data; boundary=x' }
    const status = (bytes: number, headers: Record<string, string>, given: object) => {
      const verdict = verify(request({ body: Buffer.alloc(bytes), headers }), channel(given), door())
      return verdict.is === 'reply' ? verdict.reply.status : verdict.is
    }
    expect(status(1_010_000, type, { maxFileMegabytes: 1 })).toBe('ok')
    expect(status(1_030_000, type, { maxFileMegabytes: 1 })).toBe(413)
    expect(status(200_000, type, { files: false })).toBe(413)
    expect(status(200_000, {}, {})).toBe(413)
  })
})

it('names a delivery by its visitor and the id that his page gave it', () => {
  expect(dedupeKey(request())).toBe('v-11111111:m-00000001')
  expect(dedupeKey(request({ query: '' }))).toBeUndefined()
})
