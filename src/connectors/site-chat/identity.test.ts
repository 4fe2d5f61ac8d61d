import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { readIdentity, visitorOfUser } from './identity.ts'

const secret = 'a-secret-of-the-site'
const now = new Date('2026-11-22T09:00:00Z')
const seconds = now.getTime() / 1000
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function jwt(claims: object, { alg = 'HS256', by = secret } = {}): string {
  const text = `${part({ alg })}.${part(claims)}`
  return `${text}.${createHmac('sha256', by).update(text).digest('base64url')}`
}

it('believes a JWT of the site while it holds', () => {
  const claims = { sub: '77', name: 'Oleg', email: 'oleg@client.example', exp: seconds + 60 }
  expect(readIdentity({ jwt: jwt(claims) }, secret, now)).toEqual({ userId: '77', name: 'Oleg', email: 'oleg@client.example', provesAll: true })
  expect(readIdentity({ jwt: jwt({ sub: '77', exp: seconds - 30 }) }, secret, now)).toMatchObject({ userId: '77' })
  expect(readIdentity({ jwt: jwt({ sub: '77', exp: seconds - 90 }) }, secret, now)).toEqual({ doubt: 'the JWT is too old' })
  expect(readIdentity({ jwt: jwt({ sub: '77', nbf: seconds + 90 }) }, secret, now)).toEqual({ doubt: 'the JWT is not valid yet' })
  expect(readIdentity({ jwt: jwt({ sub: '77', exp: 1 }) }, secret)).toMatchObject({ userId: '77' })
})

it.each([
  ['another secret', { jwt: jwt({ sub: '77' }, { by: 'another-secret-of-it' }) }],
  ['no signature', { jwt: `${part({ alg: 'none' })}.${part({ sub: '77' })}.` }],
  ['another algorithm', { jwt: jwt({ sub: '77' }, { alg: 'HS512' }) }],
  ['nobody named', { jwt: jwt({ name: 'Oleg' }) }],
  ['no JWT at all', { jwt: 'x.y.z' }],
  ['a wrong hash', { userId: '77', hash: createHmac('sha256', secret).update('78').digest('hex') }],
  ['an id alone', { userId: '77' }],
  ['nothing', null],
])('doubts %s', (_what, given) => {
  expect(readIdentity(given, secret, now)).toHaveProperty('doubt')
})

it('believes nothing without a secret of its own', () => {
  expect(readIdentity({ userId: '77', hash: createHmac('sha256', '').update('77').digest('hex') }, undefined, now)).toHaveProperty('doubt')
  expect(readIdentity({ userId: '77', hash: createHmac('sha256', '').update('77').digest('hex') }, '', now)).toHaveProperty('doubt')
})

it('gives a proven person one id, which nobody without the secret can make', () => {
  expect(visitorOfUser(secret, '77')).toBe(visitorOfUser(secret, '77'))
  expect(visitorOfUser(secret, '77')).toMatch(/^u-[\w-]{32}$/)
  expect(visitorOfUser('another-secret', '77')).not.toBe(visitorOfUser(secret, '77'))
})
