import { afterEach, expect, test, vi } from 'vitest'
import { beginTotp, signIn, signOut, verifyTotp } from './auth.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: unknown = {}) => vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }))

test('a wrong password, too many attempts and a hub that is away are told apart', async () => {
  answering(401)
  expect(await signIn('a@b.ru', 'x')).toBe('wrong')
  answering(429)
  expect([await signIn('a@b.ru', 'x'), await verifyTotp('1')]).toEqual(['slow', 'slow'])
  answering(503)
  expect(await signIn('a@b.ru', 'x')).toBe('away')
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  expect([await signIn('a@b.ru', 'x'), await verifyTotp('1'), await beginTotp('x'), await signOut()]).toEqual(['away', 'away', 'away', false])
})

test('the second step is asked for where it is due', async () => {
  answering(200, { twoFactorRedirect: true })
  expect(await signIn('a@b.ru', 'x')).toBe('second_step')
  answering(200, { totpURI: 'otpauth://totp/Switchboard?secret=ABC' })
  const address = await beginTotp('x')
  expect(address instanceof URL && address.searchParams.get('secret')).toBe('ABC')
})
