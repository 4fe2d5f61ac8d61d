import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { webhookEvents } from '../../src/api/contract/webhook-events.ts'
import { callNews } from '../../src/core/calls/call-news.ts'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction } from '../../src/core/database/pool.ts'
import { appendLiveEvents } from '../../src/core/realtime/append-live-events.ts'
import { startWebhooks, type WebhookWorker } from '../../src/core/webhooks/webhook-worker.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addChannel } from '../support/cards.ts'
import { type WebhookReceiver, webhookReceiver } from '../support/webhook-receiver.ts'

const within = { timeout: 60_000, interval: 20 }
let hub: ApiHub
let admin: string
let receiver: WebhookReceiver
let worker: WebhookWorker | undefined
beforeAll(async () => {
  hub = await startApiHub()
  admin = (await hub.makeKey('admin')).key
})
afterAll(() => hub.close())
beforeEach(async () => {
  receiver = await webhookReceiver()
})
afterEach(async () => {
  await worker?.close()
  worker = undefined
  await receiver.close()
  await hub.deps.pool.query('delete from webhooks')
})

const work = async (timeoutMs = 30_000) => {
  worker = await startWebhooks({ ...hub.deps, timeoutMs })
}
const call = (method: string, path: string, body?: unknown, key = admin) => hub.call(method, path, { key, ...(body !== undefined && { body }) })

async function makeWebhook(more: object = {}): Promise<{ id: string; secret: string }> {
  const made = await call('POST', '/webhooks', { name: '1С', url: receiver.url, types: ['lead.created'], allowPrivate: true, ...more })
  expect(made.status).toBe(201)
  return { id: made.body.webhook.id, secret: made.body.secret }
}

/** A lead is made, as far as the live stream knows. */
async function happen(topic: string, type: 'lead.created' | 'lead.changed' = 'lead.created'): Promise<void> {
  await inTransaction(hub.deps.pool, (tx) => appendLiveEvents(tx, [{ type, subjectId: newId(), payload: { topic } }]))
}

const topics = () => receiver.received.map(({ body }) => JSON.parse(body).data.topic)
const state = async (id: string) => (await call('GET', '/webhooks')).body.items.find((item: { id: string }) => item.id === id)
const messages = async (id: string) => (await call('GET', `/webhooks/${id}/messages`)).body.items
/** As if the waits were over. */
const hasten = () => hub.deps.pool.query('update webhook_messages set next_attempt_at = now(), claim_until = null')

test('what happens is told once, in order, signed so that the library of the standard accepts it', async () => {
  const { secret } = await makeWebhook()
  await work()
  for (const topic of ['один', 'два', 'три']) await happen(topic)
  await happen('не для него', 'lead.changed')
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3), within)
  expect(topics()).toEqual(['один', 'два', 'три'])
  for (const { body, headers } of receiver.received) {
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'lead.created', timestamp: expect.stringMatching(/^20.+Z$/) })
  }
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3)
})

test('a call is told whole, in the shape of the catalogue', async () => {
  await makeWebhook({ types: ['call.changed'] })
  await work()
  const { pool } = hub.deps
  const id = newId()
  await pool.query(
    `insert into calls (id, channel_id, direction, state, outcome, started_at, talk_seconds) values ($1, $2, 'inbound', 'ended', 'answered', now(), 42)`,
    [id, await addChannel(pool)],
  )
  await inTransaction(pool, async (tx) => appendLiveEvents(tx, await callNews(tx, [id])))
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), within)
  const body = JSON.parse(receiver.received[0]?.body ?? '')
  expect(body).toMatchObject({ type: 'call.changed', data: { id, outcome: 'answered', talkSeconds: 42 } })
  const told = webhookEvents.find(({ type }) => type === 'call.changed')
  expect(told?.data.safeParse(body.data).error).toBeUndefined()
})

test('a transaction that is rolled back tells nobody', async () => {
  await makeWebhook()
  await work()
  await inTransaction(hub.deps.pool, async (tx) => {
    await appendLiveEvents(tx, [{ type: 'lead.created', payload: { topic: 'нет' } }])
    throw new Error('no')
  }).catch(() => {})
  await happen('да')
  await vi.waitFor(() => expect(topics()).toEqual(['да']), within)
})

describe('a receiver that', () => {
  test.each([
    ['fails', 500, { lastStatus: 500, lastError: null }],
    ['redirects', 302, { lastStatus: 302, lastError: null }],
    ['hangs', 'hang', { lastStatus: null, lastError: 'There was no answer within 0.4 s.' }],
    ['cuts the line', 'cut', { lastStatus: null, lastError: expect.any(String) }],
  ] as const)('%s gets it again with the same id, and the log says what happened', async (_name, how, seen) => {
    const { id, secret } = await makeWebhook()
    receiver.behave(how)
    await work(how === 'hang' ? 400 : undefined)
    await happen('заявка')
    await vi.waitFor(async () => expect(await messages(id)).toMatchObject([{ status: 'due', attempts: 1, ...seen }]), within)
    expect((await state(id)).failingSince).not.toBeNull()
    await worker?.close()
    receiver.behave(204)
    await work()
    await hasten()
    await vi.waitFor(async () => expect(await messages(id)).toMatchObject([{ status: 'delivered', attempts: 2 }]), within)
    const [first, second] = receiver.received
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    expect(second?.body).toBe(first?.body)
    expect(new Webhook(secret).verify(second?.body ?? '', second?.headers ?? {})).toBeTruthy()
    expect(await state(id)).toMatchObject({ state: 'active', failingSince: null, due: 0 })
    const [message] = await messages(id)
    const attempts = await call('GET', `/webhooks/${id}/messages/${message.id}/attempts`)
    expect(attempts.body.items.map((attempt: { status: number | null }) => attempt.status)).toEqual([seen.lastStatus, 204])
  })

  test('answers without end is read for one kilobyte', async () => {
    const { id } = await makeWebhook()
    receiver.behave((response) => {
      response.writeHead(200)
      const endless = () => {
        while (!response.destroyed && response.write('я'.repeat(10_000)));
      }
      response.on('drain', endless)
      endless()
    })
    await work()
    await happen('много')
    await vi.waitFor(async () => expect(await messages(id)).toMatchObject([{ status: 'delivered' }]), within)
    const [message] = await messages(id)
    const [attempt] = (await call('GET', `/webhooks/${id}/messages/${message.id}/attempts`)).body.items
    expect(Buffer.byteLength(attempt.answer)).toBeLessThanOrEqual(1026)
  })

  test('asks for a pause gets one, and holds up nobody else', async () => {
    const other = await webhookReceiver()
    const { id } = await makeWebhook()
    await makeWebhook({ url: other.url })
    receiver.behave((response) => void response.writeHead(429, { 'retry-after': '600' }).end())
    await work()
    await happen('один')
    await vi.waitFor(() => expect(other.received).toHaveLength(1), within)
    await vi.waitFor(async () => expect((await messages(id))[0]).toMatchObject({ lastStatus: 429 }), within)
    await happen('два')
    await vi.waitFor(() => expect(other.received).toHaveLength(2), within)
    expect(receiver.received).toHaveLength(1)
    await other.close()
  })

  test('does nothing but fail for three days is switched off with notice; switched on, it misses nothing', async () => {
    const { id } = await makeWebhook()
    receiver.behave(500)
    await work()
    await happen('первая')
    await vi.waitFor(async () => expect(await messages(id)).toMatchObject([{ attempts: 1, lastStatus: 500 }]), within)
    await hub.deps.pool.query(`update webhooks set failing_since = now() - interval '73 hours'`)
    await hasten()
    await vi.waitFor(async () => expect(await state(id)).toMatchObject({ state: 'disabled', reason: 'silent' }), within)
    const audit = await call('GET', '/audit')
    expect(audit.body.items[0]).toMatchObject({ action: 'webhook.disabled', actor: 'system', subject: id })
    const live = await hub.deps.pool.query(`select payload from live_events where type = 'webhook.changed' order by id desc limit 1`)
    expect(live.rows[0].payload).toMatchObject({ id, state: 'disabled' })
    await happen('пока был выключен')
    receiver.behave(200)
    receiver.received.length = 0
    await hasten()
    expect((await call('POST', `/webhooks/${id}/resume`, {})).body).toMatchObject({ state: 'active' })
    await vi.waitFor(() => expect(topics()).toEqual(expect.arrayContaining(['первая', 'пока был выключен'])), within)
  })

  test('is gone is switched off at once', async () => {
    const { id } = await makeWebhook()
    receiver.behave(410)
    await work()
    await happen('заявка')
    await vi.waitFor(async () => expect(await state(id)).toMatchObject({ state: 'disabled', reason: 'gone' }), within)
  })
})

test('a new secret is signed with beside the old one', async () => {
  const { id, secret: older } = await makeWebhook()
  const rotated = await call('POST', `/webhooks/${id}/rotate-secret`, {})
  const newer = rotated.body.secret
  expect(rotated.body.webhook.oldSecretUntil).not.toBeNull()
  await work()
  await happen('заявка')
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), within)
  const [sent] = receiver.received
  for (const secret of [older, newer]) expect(new Webhook(secret).verify(sent?.body ?? '', sent?.headers ?? {})).toBeTruthy()
  await hub.deps.pool.query(`update webhooks set old_secret_until = now() - interval '1 second'`)
  await happen('позже')
  await vi.waitFor(() => expect(receiver.received).toHaveLength(2), within)
  expect(() => new Webhook(older).verify(receiver.received[1]?.body ?? '', receiver.received[1]?.headers ?? {})).toThrow('No matching signature')
  const { rows } = await hub.deps.pool.query('select secret, old_secret from webhooks')
  expect(JSON.stringify(rows)).not.toMatch(/whsec_/)
})

test('one message, or all since a time, are sent again with the same ids', async () => {
  const { id } = await makeWebhook()
  await work()
  await happen('один')
  await vi.waitFor(async () => expect(await messages(id)).toMatchObject([{ status: 'delivered' }]), within)
  const since = new Date().toISOString()
  await happen('два')
  await vi.waitFor(async () => expect((await messages(id))[0]).toMatchObject({ status: 'delivered', type: 'lead.created' }), within)
  await vi.waitFor(() => expect(topics()).toEqual(['один', 'два']), within)
  const [, first] = await messages(id)
  expect((await call('POST', `/webhooks/${id}/messages/${first.id}/resend`, {})).body).toEqual({ due: 1 })
  await vi.waitFor(() => expect(topics()).toEqual(['один', 'два', 'один']), within)
  expect((await call('POST', `/webhooks/${id}/resend`, { since })).body).toEqual({ due: 0 })
  expect((await call('POST', `/webhooks/${id}/resend`, { since, onlyFailed: false })).body).toEqual({ due: 1 })
  await vi.waitFor(() => expect(topics()).toEqual(['один', 'два', 'один', 'два']), within)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
})

describe('the address', () => {
  test('in a private network is refused unless an administrator allows it', async () => {
    const body = { name: 'x', url: receiver.url, types: ['lead.created'] }
    expect((await call('POST', '/webhooks', body)).body.code).toBe('invalid_request')
    const { key } = await hub.makeKey('integrator')
    expect((await call('POST', '/webhooks', { ...body, allowPrivate: true }, key)).body.code).toBe('forbidden')
  })

  test('whose name leads into one is refused when it is used', async () => {
    const { id } = await makeWebhook()
    await hub.deps.pool.query('update webhooks set allow_private = false')
    await work()
    await happen('заявка')
    await vi.waitFor(async () => expect((await messages(id))[0]).toMatchObject({ lastError: expect.stringMatching(/private network/) }), within)
    expect(receiver.received).toHaveLength(0)
  })
})

test('an integrator sends no client out before an administrator has agreed', async () => {
  const { key } = await hub.makeKey('integrator')
  const made = await call('POST', '/webhooks', { name: 'x', url: 'https://hooks.example/a', types: ['entry.created'] }, key)
  const { id, state: first } = made.body.webhook
  expect(first).toBe('unapproved')
  expect((await call('POST', `/webhooks/${id}/resume`, {}, key)).body.code).toBe('forbidden')
  expect((await call('POST', `/webhooks/${id}/resume`, {})).body.state).toBe('active')
  expect((await call('PATCH', `/webhooks/${id}`, { url: 'https://elsewhere.example/' }, key)).body.state).toBe('unapproved')
})

test('the test message says at once what was answered', async () => {
  const { id, secret } = await makeWebhook()
  receiver.behave(418)
  expect((await call('POST', `/webhooks/${id}/test`, {})).body).toMatchObject({ status: 418, answer: 'ok', error: null })
  const [sent] = receiver.received
  expect(new Webhook(secret).verify(sent?.body ?? '', sent?.headers ?? {})).toMatchObject({ type: 'webhook.test' })
})

test('the catalogue gives a schema for every type', async () => {
  const { items } = (await call('GET', '/webhook-events')).body
  expect(items.map((item: { type: string }) => item.type)).toEqual(expect.arrayContaining(['entry.created', 'lead.created', 'contact.changed']))
  const entry = items.find((item: { type: string }) => item.type === 'entry.created')
  expect(entry.schema.properties.data.properties).toHaveProperty('text')
  expect(entry.schema.properties.type).toMatchObject({ const: 'entry.created' })
  const described = (await hub.call('GET', '/openapi.json')).body.webhooks['entry.created'].post.requestBody.content
  expect(described['application/json'].schema).toEqual(entry.schema)
})

test('kill -9 in the middle of a hundred loses none', { timeout: 600_000 }, async () => {
  // The last claim of a killed process may be committed after its end: then it lapses by itself, a minute later.
  const lapsed = { timeout: 150_000, interval: 50 }
  const { id } = await makeWebhook()
  const start = async () => {
    const child = fork(resolve(import.meta.dirname, '../support/webhook-process.ts'), [hub.deps.databaseUrl], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'message')
    return child
  }
  const wanted = Array.from({ length: 100 }, (_, index) => `№ ${index}`)
  let child = await start()
  const happening = (async () => {
    for (const topic of wanted) await happen(topic)
  })()
  for (const count of [5, 30, 60]) {
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count), lapsed)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    await hub.deps.pool.query('update webhook_messages set claim_until = now() where claim_until is not null')
    child = await start()
  }
  await happening
  await vi.waitFor(() => expect(new Set(topics())).toEqual(new Set(wanted)), lapsed)
  await vi.waitFor(async () => expect(await state(id)).toMatchObject({ due: 0, failed: 0 }), lapsed)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(100)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
})
