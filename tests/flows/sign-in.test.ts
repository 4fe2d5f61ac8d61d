import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureApiKey } from '../../src/core/access/ensure-api-key.ts'
import { ensureFirstAdmin } from '../../src/core/access/ensure-first-admin.ts'
import { ensureSetupLink } from '../../src/core/access/setup-link.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'

let hub: ApiHub
beforeEach(async () => {
  hub = await startApiHub()
})
afterEach(() => hub.close())

const firm = { name: 'Ромашка', language: 'ru', timeZone: 'Europe/Moscow', country: 'RU', client: 'contact' }
const admin = { name: 'Ann', email: 'Ann@Example.com', password: 'correct horse battery' }

async function authPost(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${hub.url}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0])
  return { status: response.status, cookie: cookie.join('; '), body: await response.json().catch(() => undefined) }
}

/** RFC 6238 with the defaults: SHA-1, 30 s, six digits. */
function totp(secret: string, now = Date.now()): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = secret
    .replaceAll('=', '')
    .split('')
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describe('set-up', () => {
  it('makes the first administrator by the printed link, once', async () => {
    const link = await ensureSetupLink(hub.deps)
    const token = new URL(link ?? '').searchParams.get('token')
    expect((await hub.call('GET', '/setup')).body).toEqual({ needed: true, signInElsewhere: false })
    expect((await hub.call('POST', '/setup', { body: { token: 'guess', admin, firm } })).body.code).toBe('setup_link_invalid')
    const weak = await hub.call('POST', '/setup', { body: { token, admin: { ...admin, password: 'short' }, firm } })
    expect(weak.body.code).toBe('weak_password')
    const both = await Promise.all([1, 2].map(() => hub.call('POST', '/setup', { body: { token, admin, firm } })))
    expect(both.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 409])
    expect((await hub.call('GET', '/setup')).body).toEqual({ needed: false, signInElsewhere: false })
    expect(await ensureSetupLink(hub.deps)).toBeUndefined()
    const cookie = await hub.signIn('ann@example.com', admin.password)
    const me = (await hub.call('GET', '/session', { cookie })).body
    expect(me).toMatchObject({ kind: 'user', user: { name: 'Ann', email: 'ann@example.com', role: 'admin', language: 'ru' }, firm })
    expect(me.rights).toContain('users.create')
  })

  it('voids an earlier link by a later one', async () => {
    const first = new URL((await ensureSetupLink(hub.deps)) ?? '').searchParams.get('token')
    await ensureSetupLink(hub.deps)
    expect((await hub.call('POST', '/setup', { body: { token: first, admin, firm } })).body.code).toBe('setup_link_invalid')
  })

  it('is not needed with ADMIN_EMAIL and ADMIN_PASSWORD; ADMIN_API_KEY exists from the start', async () => {
    for (let start = 0; start < 2; start++) {
      await ensureFirstAdmin(hub.deps, { email: 'boss@example.com', password: 'from the environment' })
      await ensureApiKey(hub.deps, 'key-of-the-environment')
    }
    expect((await hub.call('GET', '/setup')).body).toEqual({ needed: false, signInElsewhere: false })
    expect((await hub.call('GET', '/users', { key: 'key-of-the-environment' })).body.items).toHaveLength(1)
    await hub.signIn('boss@example.com', 'from the environment')
  })
})

describe('signing in', () => {
  it('asks for the code of the telephone when there is a second factor', async () => {
    const { email, password } = await hub.makeUser('operator')
    const cookie = await hub.signIn(email, password)
    const enabled = await authPost('/two-factor/enable', { password }, { cookie })
    const secret = new URL(enabled.body.totpURI).searchParams.get('secret') ?? ''
    const verified = await authPost('/two-factor/verify-totp', { code: totp(secret) }, { cookie })
    expect(verified.status).toBe(200)
    const halfway = await authPost('/sign-in/email', { email, password })
    expect(halfway.body).toMatchObject({ twoFactorRedirect: true })
    expect((await hub.call('GET', '/session', { cookie: halfway.cookie })).status).toBe(401)
    const wrong = await authPost('/two-factor/verify-totp', { code: '000000' }, { cookie: halfway.cookie })
    expect(wrong.status).toBe(401)
    const whole = await authPost('/two-factor/verify-totp', { code: totp(secret) }, { cookie: halfway.cookie })
    expect((await hub.call('GET', '/session', { cookie: whole.cookie })).body.user).toMatchObject({ email, twoFactor: true })
  })

  it('slows down guessing, whatever address the guesser claims, and writes it down', async () => {
    const { email } = await hub.makeUser('operator')
    const guess = (index: number) =>
      authPost(
        '/sign-in/email',
        { email, password: `guess ${index}` },
        { 'x-forwarded-for': `10.0.0.${index}`, 'x-switchboard-ip': `10.0.1.${index}` },
      )
    const answers = await Promise.all(Array.from({ length: 23 }, (_, index) => guess(index)))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([...Array(20).fill(401), 429, 429, 429])
    const { key } = await hub.makeKey('admin')
    const audit = (await hub.call('GET', '/audit?action=user', { key })).body.items
    expect(audit).toHaveLength(20)
    expect(audit[0]).toMatchObject({ action: 'user.sign_in_failed', actor: 'nobody', ip: '127.0.0.1', detail: { email } })
  })

  it('slows down who guesses at the present password from a console left open', async () => {
    const { email, password } = await hub.makeUser('operator')
    const cookie = await hub.signIn(email, password)
    const guess = (index: number) => authPost('/change-password', { currentPassword: `guess ${index}`, newPassword: 'taken over' }, { cookie })
    const answers = await Promise.all(Array.from({ length: 22 }, (_, index) => guess(index)))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([...Array(20).fill(400), 429, 429])
  })

  it('lets nobody make an account for himself', async () => {
    const { status } = await authPost('/sign-up/email', { email: 'me@example.com', password: 'long enough here', name: 'Me' })
    expect(status).toBe(404)
    expect((await hub.deps.pool.query('select from users')).rowCount).toBe(0)
  })
})

describe('users', () => {
  it('are made with a temporary password, change it, and are out at once when switched off', async () => {
    const { key } = await hub.makeKey('admin')
    const made = await hub.call('POST', '/users', { key, body: { name: 'Olga', email: 'olga@example.com', role: 'operator' } })
    expect(made.status).toBe(201)
    const again = await hub.call('POST', '/users', { key, body: { name: 'Olga', email: 'OLGA@example.com', role: 'operator' } })
    expect(again.body.code).toBe('email_taken')
    const { user, temporaryPassword } = made.body
    const cookie = await hub.signIn('olga@example.com', temporaryPassword)
    const elsewhere = await hub.signIn('olga@example.com', temporaryPassword)
    const change = (currentPassword: string) =>
      authPost('/change-password', { currentPassword, newPassword: 'my own long one', revokeOtherSessions: true }, { cookie })
    expect((await change('a guess at it')).status).toBe(400)
    const changed = await change(temporaryPassword)
    expect(changed.status).toBe(200)
    expect((await hub.call('GET', '/session', { cookie: elsewhere })).status).toBe(401)
    expect((await hub.call('GET', '/session', { cookie: changed.cookie })).status).toBe(200)
    expect((await hub.call('POST', `/users/${user.id}/disable`, { key })).body.disabledAt).not.toBeNull()
    expect((await hub.call('GET', '/session', { cookie: changed.cookie })).status).toBe(401)
    expect((await authPost('/sign-in/email', { email: 'olga@example.com', password: 'my own long one' })).status).toBe(403)
    expect((await hub.call('POST', `/users/${user.id}/enable`, { key })).body.disabledAt).toBeNull()
    await hub.signIn('olga@example.com', 'my own long one')
    const actions = (await hub.call('GET', `/audit?subject=${user.id}`, { key })).body.items.map((item: { action: string }) => item.action)
    expect(actions).toEqual([
      'user.signed_in',
      'user.enabled',
      'user.disabled',
      'user.password_changed',
      'user.signed_in',
      'user.signed_in',
      'user.created',
    ])
    const guesses = (await hub.call('GET', '/audit?action=user.sign_in_failed', { key })).body.items
    expect(guesses).toContainEqual(expect.objectContaining({ detail: { path: '/change-password' } }))
  })

  it('keep one administrator, also when two go at once', async () => {
    const { key } = await hub.makeKey('admin')
    const [first, second] = await Promise.all([hub.makeUser('admin'), hub.makeUser('admin')])
    const answers = await Promise.all([
      hub.call('POST', `/users/${first.id}/disable`, { key }),
      hub.call('PATCH', `/users/${second.id}`, { key, body: { role: 'operator' } }),
    ])
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('last_admin')
  })
})
