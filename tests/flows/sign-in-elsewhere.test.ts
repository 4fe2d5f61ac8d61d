import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { type FakeIssuer, fakeIssuer } from '../support/fake-issuer.ts'
import { type HubProcess, startHub } from '../support/hub-process.ts'

const client = { id: 'switchboard', secret: randomBytes(16).toString('hex') }
const admin = { ADMIN_EMAIL: 'olga@example.com', ADMIN_PASSWORD: 'long enough 1' }
let database: TestDatabase
let issuer: FakeIssuer
let hub: HubProcess
let dataDir: string

beforeAll(async () => {
  database = await testDatabase()
  issuer = await fakeIssuer(client)
  dataDir = await mkdtemp(join(tmpdir(), 'elsewhere-'))
  const oidc = { OIDC_ISSUER: issuer.url, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret }
  hub = await startHub({ env: { DATABASE_URL: database.url, DATA_DIR: dataDir, ...admin, ...oidc } })
})
afterAll(async () => {
  await hub.end()
  await issuer.close()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** Goes the way of a browser: the button, the service, and back. Gives where it ended and whose session it then has. */
async function goThrough(person: FakeIssuer['person']): Promise<{ location: string; email: string | null }> {
  issuer.person = person
  const started = await fetch(`${hub.url}/api/auth/sign-in/social`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in?refused' }),
  })
  const { url } = (await started.json()) as { url: string }
  const back = await fetch(url, { redirect: 'manual' })
  const ended = await fetch(back.headers.get('location') ?? '', { redirect: 'manual', headers: { cookie: cookiesOf(started) } })
  const session = await fetch(`${hub.url}/api/v1/session`, { headers: { cookie: cookiesOf(ended) } })
  const { user } = (session.ok ? await session.json() : { user: null }) as { user: { email: string } | null }
  return { location: ended.headers.get('location') ?? '', email: user?.email ?? null }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

test('the console learns that there is such a service', async () => {
  expect(await (await fetch(`${hub.url}/api/v1/setup`)).json()).toEqual({ needed: false, signInElsewhere: true })
})

test('whoever an administrator has made is let in by the e-mail the service names, and known again by the service’s own name for him', async () => {
  expect(await goThrough({ sub: 'o-1', email: admin.ADMIN_EMAIL })).toEqual({ location: '/', email: admin.ADMIN_EMAIL })
  expect(await goThrough({ sub: 'o-1', email: 'olga.new@example.com' })).toEqual({ location: '/', email: admin.ADMIN_EMAIL })
  const { rows } = await database.pool.query(`select count(*)::int as n from audit where action = 'user.signed_in'`)
  expect(rows).toEqual([{ n: 2 }])
})

test('a stranger gets no account, and an address that is not verified there opens none', async () => {
  expect(await goThrough({ sub: 's-1', email: 'stranger@example.com' })).toMatchObject({
    location: expect.stringContaining('/sign-in?refused'),
    email: null,
  })
  expect((await goThrough({ sub: 's-2', email: admin.ADMIN_EMAIL, email_verified: false })).email).toBeNull()
  expect((await database.pool.query('select from users')).rowCount).toBe(1)
})

test('who is switched off is not let in by it either', async () => {
  await database.pool.query('update users set disabled_at = now()')
  expect((await goThrough({ sub: 'o-1', email: admin.ADMIN_EMAIL })).email).toBeNull()
})
