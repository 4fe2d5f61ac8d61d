import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { type Answer, type ApiHub, startApiHub } from '../support/api-hub.ts'

let hub: ApiHub
let key: string
beforeAll(async () => {
  hub = await startApiHub()
  key = (await hub.makeKey('admin')).key
})
afterAll(() => hub.close())

describe('Idempotency-Key', () => {
  const post = (idempotencyKey: string, body: object, by = key) =>
    hub.call('POST', '/teams', { key: by, body, headers: { 'idempotency-key': idempotencyKey } })

  it('gives the first answer again and does it once, also when both come at once', async () => {
    const first = await post('a', { name: 'Sales' })
    const again = await post('a', { name: 'Sales' })
    expect(again).toEqual(first)
    const both = await Promise.all([post('b', { name: 'Support' }), post('b', { name: 'Support' })])
    expect(both.some((answer) => answer.status === 201)).toBe(true)
    for (const answer of both) expect([201, 409]).toContain(answer.status)
    const { rows } = await hub.deps.pool.query(`select name from teams order by name`)
    expect(rows).toEqual([{ name: 'Sales' }, { name: 'Support' }])
  })

  it('keeps an answer that holds a new key, but not for a reader of the database', async () => {
    const make = () => hub.call('POST', '/api-keys', { key, body: { name: 'Once', role: 'operator' }, headers: { 'idempotency-key': 'e' } })
    const [first, again] = [await make(), await make()]
    expect(again.body).toEqual(first.body)
    const { rows } = await hub.deps.pool.query(`select body::text from idempotency_keys where key = 'e'`)
    expect(rows[0].body).not.toContain(first.body.key)
  })

  it('refuses another request under the same key, and keeps the keys of callers apart', async () => {
    await post('c', { name: 'First' })
    const other = await post('c', { name: 'Second' })
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_conflict'])
    const { key: stranger } = await hub.makeKey('admin')
    expect((await post('c', { name: 'Third' }, stranger)).status).toBe(201)
  })

  it('lets what failed be tried again, and never does what may have been done', async () => {
    expect((await post('d', { name: 'Sales' })).body.code).toBe('name_taken')
    await hub.deps.pool.query(`delete from teams where name = 'Sales'`)
    expect((await post('d', { name: 'Sales' })).status).toBe(201)
    await hub.deps.pool.query(`update idempotency_keys set status = null, body = null where key = 'd'`)
    expect((await post('d', { name: 'Sales' })).body.code).toBe('idempotency_unfinished')
  })
})

describe('errors', () => {
  it('are problems of RFC 9457 with a stable code', async () => {
    const answers = await Promise.all([
      hub.call('GET', '/teams'),
      hub.call('GET', `/teams/${newId()}`, { key }),
      hub.call('GET', '/teams/nonsense', { key }),
      hub.call('GET', '/nowhere', { key }),
      hub.call('GET', '/teams?cursor=nonsense', { key }),
      hub.call('POST', '/teams', { key, body: { name: '' } }),
    ])
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [401, 'not_signed_in'],
      [404, 'not_found'],
      [400, 'invalid_request'],
      [404, 'not_found'],
      [400, 'invalid_cursor'],
      [400, 'invalid_request'],
    ])
    for (const { type, body, status } of answers) {
      expect(type).toContain('application/problem+json')
      expect(body).toMatchObject({ type: expect.any(String), title: expect.any(String), status })
    }
  })

  it('say so when the body is too large, no JSON, or of another kind', async () => {
    const send = async (body: string, type: string) => {
      const response = await fetch(`${hub.url}/api/v1/teams`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body,
      })
      return (await response.json()).code
    }
    expect(await send(JSON.stringify({ name: 'x'.repeat(1_100_000) }), 'application/json')).toBe('body_too_large')
    expect(await send('{', 'application/json')).toBe('invalid_request')
    expect(await send('name=x', 'application/x-www-form-urlencoded')).toBe('unsupported_type')
  })

  it('tell nothing of what broke inside', async () => {
    await hub.deps.pool.query('alter table teams rename to teams_away')
    const { status, body } = await hub.call('GET', '/teams', { key })
    await hub.deps.pool.query('alter table teams_away rename to teams')
    expect(status).toBe(500)
    expect(body).toEqual({ type: 'urn:switchboard:problem:internal', title: expect.any(String), status: 500, code: 'internal' })
  })

  it('survive a NUL, which PostgreSQL cannot hold', async () => {
    const made = await hub.call('POST', '/teams', { key, body: { name: 'a\u0000b' } })
    expect([made.status, made.body.name]).toEqual([201, 'ab'])
    expect((await hub.call('GET', '/audit?subject=%00', { key })).status).toBe(400)
  })
})

describe('requests of other sites', () => {
  it('are refused with the cookie of a user, and welcome with an API key', async () => {
    const { email, password } = await hub.makeUser('admin')
    const cookie = await hub.signIn(email, password)
    const origin = 'https://evil.example'
    const forged = await hub.call('POST', '/teams', { cookie, body: { name: 'Forged' }, headers: { origin } })
    expect([forged.status, forged.body.code]).toEqual([403, 'origin_refused'])
    expect((await hub.call('POST', '/teams', { cookie, body: { name: 'Own' }, headers: { origin: hub.url } })).status).toBe(201)
    expect((await hub.call('POST', '/teams', { key, body: { name: 'By key' }, headers: { origin } })).status).toBe(201)
    const login = await fetch(`${hub.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    expect(login.status).toBe(403)
  })
})

describe('lists', () => {
  it('give every row once over pages of one', async () => {
    for (const name of ['p1', 'p2', 'p3']) await hub.call('POST', '/teams', { key, body: { name } })
    const whole = (await hub.call('GET', '/teams', { key })).body
    expect(whole.nextCursor).toBeNull()
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Answer = await hub.call('GET', `/teams?limit=1${cursor && `&cursor=${cursor}`}`, { key })
      ids.push(...page.body.items.map((item: { id: string }) => item.id))
      cursor = page.body.nextCursor
    }
    expect(ids).toEqual(whole.items.map((item: { id: string }) => item.id))
  })

  it('give deliveries newest first by status and channel, with their events and raw body', async () => {
    const channelId = newId()
    const ids = [newId(), newId(), newId()]
    for (const [index, id] of ids.entries()) {
      await hub.deps.pool.query(
        `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, size, sha256, status, received_at)
         values ($1, $2, $1::uuid::text, 'POST', '/', '', '{"x-a":"b"}', 'тело', 8, '\\x00', $3, now() + $4 * interval '1 second')`,
        [id, channelId, index === 1 ? 'parked' : 'applied', index],
      )
    }
    await hub.deps.pool.query(
      `insert into delivery_events (channel_id, key, delivery_id, kind, status, reason) values ($1, 'k', $2, 'message', 'parked', 'broken')`,
      [channelId, ids[1]],
    )
    const list = async (query: string) => (await hub.call('GET', `/deliveries?channelId=${channelId}${query}`, { key })).body
    expect((await list('')).items.map((item: { id: string }) => item.id)).toEqual(ids.toReversed())
    const page = await list('&limit=2')
    expect((await list(`&limit=2&cursor=${page.nextCursor}`)).items.map((item: { id: string }) => item.id)).toEqual([ids[0]])
    const parked = (await list('&status=parked')).items
    expect(parked).toHaveLength(1)
    expect(parked[0].events).toEqual([{ key: 'k', kind: 'message', status: 'parked', reason: 'broken', entryId: null }])
    expect((await hub.call('GET', `/deliveries/${ids[1]}`, { key })).body).toMatchObject({
      body: 'тело',
      bodyTruncated: false,
      headers: { 'x-a': 'b' },
    })
    expect((await hub.call('GET', `/deliveries/${ids[1]}/body`, { key })).body).toBe('тело')
  })
})

describe('the script of a form', () => {
  it('may be loaded by any site, and is there only for channels that have one', async () => {
    const channel = (await hub.call('POST', '/channels', { key, body: { connector: 'test', name: 'Form', settings: { token: 'a token' } } })).body
    const answer = await fetch(`${hub.url}/forms/${channel.key}.js?lang=ru`)
    expect([answer.status, await answer.text()]).toEqual([200, `/* ru ${channel.hookUrl} */`])
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect((await fetch(`${hub.url}/forms/unknown.js`)).status).toBe(404)
  })
})

describe('what describes itself', () => {
  it('is OpenAPI 3.1 of every operation, and a page that loads nothing from outside', async () => {
    const document = (await hub.call('GET', '/openapi.json')).body
    expect(document.openapi).toMatch(/^3\.1/)
    for (const path of ['/channels', '/deliveries/{id}/replay', '/contacts/{id}/timeline', '/conversations/{id}/messages', '/events']) {
      expect(Object.keys(document.paths)).toContain(path)
    }
    const page = await (await fetch(`${hub.url}/api/docs`)).text()
    expect(page).toContain('/api/v1/deliveries/{id}/replay')
    expect(page).not.toMatch(/(src|href)="https?:/)
  })

  it('tells its health and its measures, and sends only its own scripts', async () => {
    const answers = await Promise.all(['/healthz', '/readyz', '/metrics'].map((path) => fetch(hub.url + path)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    const measures = await answers[2]?.text()
    expect(measures).toContain('process_resident_memory_bytes')
    expect(measures).toMatch(/switchboard_queue_length\{queue="deliveries",status="parked"\} \d+/)
    const policy = answers[0]?.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/https:|\*/)
  })

  it('describes connectors with the marks of secrets', async () => {
    expect((await hub.call('GET', '/connectors', { key })).body.items.map((item: { id: string }) => item.id)).toEqual(['test'])
    const { settings, readme } = (await hub.call('GET', '/connectors/test', { key })).body
    expect(settings.properties.token).toMatchObject({ type: 'string', secret: true })
    expect(readme).toBe('# Test')
  })
})
