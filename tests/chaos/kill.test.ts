import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort, type HubProcess, postmasterOf, startHub } from '../support/hub-process.ts'

vi.setConfig({ testTimeout: 240_000 })

const apiKey = 'chaos-administrator-key'
let folder: string
let env: Record<string, string>
let hub: HubProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-kill-'))
  env = { DATA_DIR: folder, PORT: String(await freePort()), ADMIN_API_KEY: apiKey, LOG_LEVEL: 'fatal' }
  hub = await startHub({ env })
})

afterAll(async () => {
  await hub.end()
  await rm(folder, { recursive: true, force: true })
})

interface Channel {
  id: string
  hookUrl: string
}

async function api<Body>(method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

async function addForm(name: string, settings: object = {}): Promise<Channel> {
  return await api<Channel>('POST', '/channels', { connector: 'form', name, settings })
}

async function post(channel: Channel, body: object, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(channel.hookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  })
  await response.arrayBuffer()
  return response.status
}

interface DeliveryItem {
  id: string
  status: string
  repeats: number
}

async function deliveriesOf(channel: Channel): Promise<DeliveryItem[]> {
  return (await api<{ items: DeliveryItem[] }>('GET', `/deliveries?channelId=${channel.id}&limit=100`)).items
}

/** On a connection of its own to the embedded server, which the hub knows nothing of. */
async function sql<Row extends object>(query: string, values: unknown[] = [], database = 'switchboard'): Promise<Row[]> {
  const port = (await readFile(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]
  const password = (await readFile(join(folder, 'postgres', 'password'), 'utf8')).trim()
  const client = new pg.Client({ connectionString: `postgresql://switchboard:${password}@127.0.0.1:${port}/${database}` })
  await client.connect()
  try {
    return (await client.query<Row>(query, values)).rows
  } finally {
    await client.end()
  }
}

async function entriesOf(channel: Channel): Promise<string[]> {
  return (await sql<{ text: string }>('select text from entries where channel_id = $1 order by text', [channel.id])).map((row) => row.text)
}

async function applied(channel: Channel): Promise<void> {
  const waiting = () => sql('select from deliveries where channel_id = $1 and status = $2', [channel.id, 'received'])
  await expect.poll(waiting, { timeout: 60_000, interval: 100 }).toEqual([])
}

const clients = 40
const phoneOf = (n: number) => `+7916${String(1_000_000 + (n % clients))}`

/** Posts number after number until stopped; a post that was not acknowledged is sent again, as a real sender does. */
function startSenders(channel: Channel, count: number) {
  const acknowledged: string[] = []
  const seen = { statuses: new Set<number>(), retries: 0 }
  let isStopped = false
  let next = 0
  async function send(): Promise<void> {
    while (!isStopped) {
      const n = next++
      const text = `request ${n}`
      while ((await tryOnce(n, text)) !== 200) {
        seen.retries++
        await sleep(50)
      }
      acknowledged.push(text)
    }
  }
  async function tryOnce(n: number, text: string): Promise<number | undefined> {
    const status = await post(channel, { name: 'Anna', phone: phoneOf(n), message: text }, { 'idempotency-key': `post-${n}` }).catch(() => undefined)
    if (status !== undefined) seen.statuses.add(status)
    return status
  }
  const running = Array.from({ length: count }, () => send())
  return {
    acknowledged,
    seen,
    async stop(): Promise<string[]> {
      isStopped = true
      await Promise.all(running)
      return acknowledged.toSorted()
    },
  }
}

async function expectAllOnce(channel: Channel, acknowledged: string[]): Promise<void> {
  await applied(channel)
  expect(await entriesOf(channel)).toEqual(acknowledged)
  expect(await sql('select distinct status, reason from deliveries where channel_id = $1', [channel.id])).toEqual([
    { status: 'applied', reason: null },
  ])
}

test('kill -9 of the hub, and of hub and database, loses nothing that was acknowledged and doubles nothing', async () => {
  const channel = await addForm('Killed')
  const senders = startSenders(channel, 8)
  for (const withDatabase of [false, true, false]) {
    const before = senders.acknowledged.length
    await expect.poll(() => senders.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(before + 50)
    const postmaster = postmasterOf(folder)
    await hub.end('SIGKILL')
    if (withDatabase && postmaster) process.kill(postmaster, 'SIGKILL')
    hub = await startHub({ env })
  }
  const acknowledged = await senders.stop()
  expect(senders.seen.retries).toBeGreaterThan(0)
  await expectAllOnce(channel, acknowledged)
  const [found] = await sql<{ cards: number; leads: number }>(
    `select (select count(*)::int from contacts) as cards, (select count(*)::int from leads) as leads`,
  )
  expect(found).toEqual({ cards: clients, leads: clients })
})

test('while the database is away senders hear 503, and nothing is lost', async () => {
  const channel = await addForm('Database away')
  const senders = startSenders(channel, 4)
  await expect.poll(() => senders.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(20)
  await sql('alter database switchboard allow_connections false', [], 'postgres')
  await sql(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'switchboard'`, [], 'postgres')
  await expect.poll(() => senders.seen.statuses.has(503), { timeout: 60_000 }).toBe(true)
  // A key that nobody knows is looked up in the database: it too must only be put off.
  expect(await post({ id: '', hookUrl: `${hub.url}/hooks/form/nobody` }, {})).toBe(503)
  await sql('alter database switchboard allow_connections true', [], 'postgres')
  const resumed = senders.acknowledged.length
  await expect.poll(() => senders.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(resumed + 20)
  await expectAllOnce(channel, await senders.stop())
  expect(hub.child.exitCode).toBeNull()
})

describe('the door', () => {
  test('takes the same webhook ten times at once as one', async () => {
    const channel = await addForm('Repeated')
    const once = () => post(channel, { phone: phoneOf(1), message: 'only once' }, { 'idempotency-key': 'the same' })
    expect(await Promise.all(Array.from({ length: 10 }, once))).toEqual(Array.from({ length: 10 }, () => 200))
    await applied(channel)
    expect(await entriesOf(channel)).toEqual(['only once'])
    expect(await deliveriesOf(channel)).toMatchObject([{ status: 'applied', repeats: 9 }])
  })

  test.each(['announced', 'chunked'])('refuses 26 MB (%s) with 413 and keeps nothing of it', async (how) => {
    const channel = await addForm(`Too large, ${how}`)
    const bytes = Buffer.alloc(26 * 1024 * 1024, 'a')
    expect(await postBytes(channel.hookUrl, bytes, how === 'announced')).toBe(413)
    expect(await deliveriesOf(channel)).toEqual([])
    expect(await post(channel, { phone: phoneOf(2), message: 'small' })).toBe(200)
  })

  test('refuses a wrong secret with 401, makes no delivery, and shows the refusal', async () => {
    const channel = await addForm('Secret', { proof: 'secret', secret: 'right-secret' })
    expect(await post(channel, { phone: phoneOf(3) }, { 'x-hub-key': 'wrong-secret' })).toBe(401)
    expect(await deliveriesOf(channel)).toEqual([])
    const refusals = async () => (await api<{ items: object[] }>('GET', `/refusals?channelId=${channel.id}`)).items
    await expect.poll(refusals).toMatchObject([{ channelId: channel.id, method: 'POST', body: expect.stringContaining('7916') }])
    expect(await post(channel, { phone: phoneOf(3), message: 'proven' }, { 'x-hub-key': 'right-secret' })).toBe(200)
  })

  test('answers 404 to a key that nobody has', async () => {
    expect(await post({ id: '', hookUrl: `${hub.url}/hooks/form/nobodyhasthiskey` }, { phone: phoneOf(4) })).toBe(404)
  })

  test('holds what comes to a paused channel and applies it when the channel is resumed', async () => {
    const channel = await addForm('Paused')
    await api('POST', `/channels/${channel.id}/pause`)
    expect(await post(channel, { phone: phoneOf(5), message: 'held' })).toBe(200)
    expect(await deliveriesOf(channel)).toMatchObject([{ status: 'held' }])
    expect(await entriesOf(channel)).toEqual([])
    await api('POST', `/channels/${channel.id}/resume`)
    await expect.poll(() => deliveriesOf(channel), { timeout: 60_000 }).toMatchObject([{ status: 'applied' }])
    expect(await entriesOf(channel)).toEqual(['held'])
  })

  test('replays a delivery without changing or sending anything', async () => {
    const channel = await addForm('Replayed')
    await post(channel, { phone: phoneOf(6), message: 'again' })
    await expect.poll(() => sql(`select from deliveries where status = 'received'`)).toEqual([])
    const [delivery] = await deliveriesOf(channel)
    const state = () =>
      sql(
        `select (select json_agg(e order by e.id) from entries e where e.channel_id = $1) as entries, (select count(*) from leads) as leads,
           (select count(*) from contacts) as contacts, (select count(*) from outbox) as outbox,
           (select count(*) from live_events where type in ('entry.created', 'entry.changed', 'contact.created', 'lead.created')) as told`,
        [channel.id],
      )
    const before = await state()
    expect(await api('POST', `/deliveries/${delivery?.id}/replay`)).toMatchObject({ status: 'applied' })
    await applied(channel)
    expect(await state()).toEqual(before)
  })
})

/** The status of a POST whose body the server may refuse to read to its end. */
async function postBytes(url: string, bytes: Buffer, isAnnounced: boolean): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: isAnnounced ? { 'content-length': bytes.length } : { 'transfer-encoding': 'chunked' } })
    sent.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.once('error', reject)
    sent.end(bytes)
  })
}
