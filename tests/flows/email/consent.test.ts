import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { keepSessions } from '../../../src/core/channels/sessions.ts'
import type { Connector } from '../../../src/core/connector/connector.ts'
import type { Logger } from '../../../src/core/connector/hub.ts'
import { type ApiHub, startApiHub } from '../../support/api-hub.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts'
import { type FakeOAuth, startFakeOAuth } from '../../support/fake-oauth.ts'
import { freePort } from '../../support/hub-process.ts'
import { until } from '../../support/letters.ts'

const address = 'sales@shop.example'
const logged: string[] = []
const keep = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`)
const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep }

let hub: ApiHub
let vendor: FakeOAuth
let admin: string

beforeAll(async () => {
  hub = await startApiHub({ connectors: [email as Connector], logger })
  vendor = await startFakeOAuth(address, () => `${hub.url}/api/v1/channels/consent/return`)
  const user = await hub.makeUser('admin')
  admin = await hub.signIn(user.email, user.password)
})
afterAll(async () => {
  await vendor.close()
  await hub.close()
})

async function makeChannel(settings: object = {}): Promise<string> {
  const made = await hub.call('POST', '/channels', {
    cookie: admin,
    body: {
      connector: 'email',
      name: 'Sales',
      settings: {
        address,
        oauthClientId: vendor.client.id,
        oauthClientSecret: vendor.client.secret,
        oauthAuthorizeUrl: vendor.authorizeUrl,
        oauthTokenUrl: vendor.tokenUrl,
        ...settings,
      },
    },
  })
  expect(made.status).toBe(201)
  return made.body.id
}

const start = (id: string, cookie = admin) => hub.call('POST', `/channels/${id}/consent`, { cookie, body: {} })

/** The browser at the vendor's page: gives the address it is sent back to. */
async function allow(url: string): Promise<string> {
  const page = await fetch(url, { redirect: 'manual' })
  return page.headers.get('location') ?? ''
}

/** The browser comes back: gives the place in the console it ends up at. */
async function comeBack(location: string, cookie = admin): Promise<string> {
  const answer = await fetch(location, { redirect: 'manual', headers: { cookie } })
  return answer.headers.get('location') ?? `status ${answer.status}`
}

const tokensOf = async (id: string) => hub.deps.pool.query<{ settings: Record<string, string> }>('select settings from channels where id = $1', [id])

describe('sign-in by consent', () => {
  it('goes to the vendor and back, and keeps a refresh token that nobody gets to see', async () => {
    const id = await makeChannel()
    const { body } = await start(id)
    const url = new URL(body.url)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ login_hint: address, code_challenge_method: 'S256', response_type: 'code' })
    expect(await comeBack(await allow(body.url))).toBe(`/channels?consent=done&channelId=${id}`)

    const stored = (await tokensOf(id)).rows[0]?.settings.oauthRefreshToken ?? ''
    expect(hub.deps.vault.open(stored)).toBe(vendor.tokens.at(-1))
    const shown = await hub.call('GET', `/channels/${id}`, { cookie: admin })
    expect(shown.body.settings.oauthRefreshToken).toBe('••••••••')
    const audit = await hub.call('GET', '/audit', { cookie: admin })
    const everything = [JSON.stringify(shown.body), JSON.stringify(audit.body), stored, ...logged].join('\n')
    for (const token of vendor.tokens) expect(everything).not.toContain(token)
    expect(JSON.stringify(audit.body)).toContain('oauthRefreshToken')
  })

  it('serves a state once, to the person who began, and no forged one', async () => {
    const id = await makeChannel()
    const other = await hub.makeUser('integrator')
    const location = await allow((await start(id)).body.url)
    expect(await comeBack(location, await hub.signIn(other.email, other.password))).toBe('/channels?consent=expired')
    const forged = new URL(location)
    forged.searchParams.set('state', 'A'.repeat(43))
    expect(await comeBack(forged.href)).toBe('/channels?consent=expired')
    expect((await tokensOf(id)).rows[0]?.settings.oauthRefreshToken).toBeUndefined()
    expect(await comeBack(location)).toContain('consent=done')
    expect(await comeBack(location)).toBe('/channels?consent=expired')
    expect((await fetch(location, { redirect: 'manual' })).status).toBe(401)
  })

  it('runs out after ten minutes, and remembers nothing of those who never came back', async () => {
    const id = await makeChannel()
    const location = await allow((await start(id)).body.url)
    await hub.deps.pool.query(`update channel_consents set expires_at = expires_at - interval '10 minutes'`)
    expect(await comeBack(location)).toBe('/channels?consent=expired')
    await start(id)
    expect((await hub.deps.pool.query('select 1 from channel_consents')).rowCount).toBe(1)
  })

  it('says what is missing, what the vendor refused, and that the person said no', async () => {
    const withoutId = await makeChannel({ oauthClientId: '' })
    expect(await start(withoutId)).toMatchObject({ status: 422, body: { code: 'check_failed', detail: expect.stringContaining('client id') } })
    const wrongSecret = await makeChannel({ oauthClientSecret: 'mistyped' })
    expect(await comeBack(await allow((await start(wrongSecret)).body.url))).toBe(`/channels?consent=failed&channelId=${wrongSecret}`)
    const told = await hub.call('GET', `/channels/${wrongSecret}`, { cookie: admin })
    expect(told.body).toMatchObject({ state: 'attention', stateDetail: { ru: expect.stringContaining('проверьте OAuth client id') } })
    const state = new URL((await start(wrongSecret)).body.url).searchParams.get('state') ?? ''
    const refusal = `${hub.url}/api/v1/channels/consent/return?${new URLSearchParams({ state, error: 'access_denied' })}`
    expect(await comeBack(refusal)).toBe(`/channels?consent=denied&channelId=${wrongSecret}`)
    const { key } = await hub.makeKey('admin')
    expect((await hub.call('POST', `/channels/${wrongSecret}/consent`, { key, body: {} })).status).toBe(403)
  })
})

describe.skipIf(!hasDovecot())('a mailbox opened by consent (real Dovecot)', () => {
  let server: Dovecot
  beforeAll(async () => {
    server = await startDovecot({ introspectionUrl: vendor.introspectionUrl })
  })
  afterAll(() => server.stop())

  it('signs in by its token, refreshes it, and asks for attention in words once it is revoked', { timeout: 240_000 }, async () => {
    const id = await makeChannel({ host: '127.0.0.1', port: server.imapPort, security: 'none', pollSeconds: 1 })
    const stateOf = async () => (await hub.call('GET', `/channels/${id}`, { cookie: admin })).body
    const sessions = keepSessions({ ...hub.deps }, { renewEveryMs: 200 })
    try {
      await until(async () => (await stateOf()).state === 'attention', 'attention before anybody signed in')
      expect((await stateOf()).stateDetail.ru).toContain('ещё никто не вошёл')
      expect(await comeBack(await allow((await start(id)).body.url))).toContain('consent=done')
      await until(async () => (await stateOf()).state === 'ok', 'the mailbox opened by token')

      const before = vendor.asked.length
      vendor.expireAccess()
      await server.restart()
      await until(async () => vendor.asked.length > before && (await stateOf()).state === 'ok', 'a refreshed token')

      vendor.revoke()
      await server.restart()
      await until(async () => (await stateOf()).state === 'attention', 'attention after the revocation', 60_000)
      expect((await stateOf()).stateDetail.ru).toContain('отозван')
      for (const token of vendor.tokens) expect(logged.join('\n')).not.toContain(token)
    } finally {
      await sessions.close()
    }
  })

  it('is read by POP3 and answered by SMTP with the same token', async () => {
    const presented: string[] = []
    const smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authMethods: ['XOAUTH2'],
      allowInsecureAuth: true,
      onAuth(auth, _session, done) {
        presented.push(`${auth.username} ${auth.accessToken}`)
        done(null, { user: auth.username ?? '' })
      },
    })
    const smtpPort = await freePort()
    await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve))
    const id = await makeChannel({
      ...{ incoming: 'pop3', host: '127.0.0.1', port: server.pop3Port, security: 'none' },
      ...{ smtpHost: '127.0.0.1', smtpPort, smtpSecurity: 'none' },
    })
    expect(await comeBack(await allow((await start(id)).body.url))).toContain('consent=done')
    const checked = await hub.call('POST', `/channels/${id}/check`, { cookie: admin, body: {} })
    await new Promise<void>((resolve) => smtp.close(resolve))
    expect(checked.body).toMatchObject({ ok: true, words: { en: 'POP3: letters: 0; SMTP: 127.0.0.1', ru: 'POP3: писем: 0; SMTP: 127.0.0.1' } })
    expect(presented).toHaveLength(1)
    expect(vendor.tokens.some((token) => presented[0] === `${address} ${token}`)).toBe(true)
  })
})
