import { expect, test } from 'vitest'
import { createVault } from '../channels/vault.ts'
import { openSession } from './open-session.ts'
import { makeVisitorToken, readVisitorToken, tokenHoldsMs } from './visitor-token.ts'

const vault = createVault(Buffer.alloc(32, 1))
const now = new Date('2026-11-22T09:00:00Z')
const token = makeVisitorToken(vault, 'channel-1', { ids: ['v-11111111', 'v-22222222'], issuedAt: now })
const plain = { widget: {}, showsNames: true }

test('a token names its visitor on its own channel, for a year', () => {
  expect(readVisitorToken(vault, 'channel-1', token, now)).toEqual({ ids: ['v-11111111', 'v-22222222'], issuedAt: now })
  expect(readVisitorToken(vault, 'channel-2', token, now)).toBeUndefined()
  expect(readVisitorToken(vault, 'channel-1', token, new Date(now.getTime() + tokenHoldsMs + 1_000))).toBeUndefined()
})

test('a token that was changed anywhere, or signed by another hub, is none', () => {
  for (let at = 0; at < token.length; at++) {
    const changed = `${token.slice(0, at)}${token[at] === '7' ? '8' : '7'}${token.slice(at + 1)}`
    expect(readVisitorToken(vault, 'channel-1', changed, now), changed).toBeUndefined()
  }
  expect(readVisitorToken(createVault(Buffer.alloc(32, 2)), 'channel-1', token, now)).toBeUndefined()
  for (const odd of ['', '~~', 'x', token.slice(0, -1), `${token}x`, 'a'.repeat(5_000)]) {
    expect(readVisitorToken(vault, 'channel-1', odd, now)).toBeUndefined()
  }
})

test('a session goes on with its token, and renews it after a day', () => {
  expect(openSession(vault, 'channel-1', { token, greeting: plain, now })).toEqual({ token, ids: ['v-11111111', 'v-22222222'] })
  const later = openSession(vault, 'channel-1', { token, greeting: plain, now: new Date(now.getTime() + 25 * 3_600_000) })
  expect(later.ids).toEqual(['v-11111111', 'v-22222222'])
  expect(later.token).not.toBe(token)
})

test('without a token of ours a stranger is somebody new', () => {
  const ids = [undefined, 'forged'].map((given) => openSession(vault, 'channel-1', { token: given, greeting: plain, now }).ids)
  expect(ids[0]).not.toEqual(ids[1])
  expect(ids.flat().every((id) => /^v-[\w-]{36}$/.test(id))).toBe(true)
})

test('whom his site proves keeps what he wrote unknown, and never what another proven person wrote on this device', () => {
  const proven = (visitorId: string) => ({ ...plain, visitorId })
  const first = openSession(vault, 'channel-1', { token, greeting: proven('u-oleg-0001'), now })
  expect(first.ids).toEqual(['u-oleg-0001', 'v-11111111', 'v-22222222'])
  expect(openSession(vault, 'channel-1', { token: first.token, greeting: proven('u-oleg-0001'), now })).toEqual(first)
  expect(openSession(vault, 'channel-1', { token: first.token, greeting: proven('u-anna-0001'), now }).ids).toEqual(['u-anna-0001'])
})
