import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The whole program with a Graph API of our own beside it.

const secrets = { appSecret: 'the-app-secret', verifyToken: 'the-verify-token', accessToken: 'EAAtheToken' }
const known = { ...secrets, phoneNumberId: '1001', businessAccountId: '2002' }
const sent: { to?: string; recipient?: string; text?: { body: string }; context?: { message_id: string } }[] = []
/** Answers of the next sends; none left: accepted. */
let refusals: { status: number; code: number; headers?: Record<string, string> }[] = []
let graph: ReturnType<typeof createServer>
let hub: RunningHub
let channel: { id: string; hookUrl: string }

beforeAll(async () => {
  graph = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve))
  hub = await startRunningHub()
  channel = await hub.addChannel('whatsapp', { ...known, apiRoot: root() })
})
afterAll(async () => {
  await hub?.close()
  graph.closeAllConnections()
  await new Promise((resolve) => graph.close(resolve))
})
beforeEach(() => {
  refusals = []
})

const root = () => `http://127.0.0.1:${(graph.address() as AddressInfo).port}`

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const reply = (status: number, said: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(said))
  if (request.headers.authorization !== `Bearer ${secrets.accessToken}`) return void reply(401, { error: { code: 190, message: 'no token' } })
  const path = request.url?.replace(/\?.*$/, '')
  if (path === '/files/good') return void response.writeHead(200, { 'content-type': 'image/jpeg' }).end('jpeg bytes')
  if (path === '/v24.0/9001') return void reply(200, { url: `${root()}/files/good`, mime_type: 'image/jpeg' })
  if (path === '/v24.0/9002') return void reply(200, { url: `${root()}/files/dead`, mime_type: 'image/jpeg' })
  if (path !== '/v24.0/1001/messages') return void reply(404, {})
  const refusal = refusals.shift()
  if (refusal) return void reply(refusal.status, { error: { code: refusal.code, message: 'refused' } }, refusal.headers)
  sent.push(JSON.parse(body) as (typeof sent)[number])
  reply(200, { messaging_product: 'whatsapp', messages: [{ id: `wamid.SENT${sent.length}` }] })
}

interface Entry {
  id: string
  direction: string | null
  status: string | null
  text: string
  error: { code: string; message: string } | null
  conversationId: string
  attachments: { name: string; size: number | null; url: string; missing?: string | null }[]
}

function post(body: object, appSecret = secrets.appSecret): Promise<Response> {
  const raw = JSON.stringify(body)
  const signature = `sha256=${createHmac('sha256', appSecret).update(raw).digest('hex')}`
  return fetch(channel.hookUrl, { method: 'POST', headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature }, body: raw })
}

function batch(value: object): object {
  const metadata = { display_phone_number: '74950000000', phone_number_id: '1001' }
  return { object: 'whatsapp_business_account', entry: [{ id: '2002', changes: [{ field: 'messages', value: { metadata, ...value } }] }] }
}

interface Client {
  name: string
  phone?: string
  userId: string
}

function messages(client: Client, items: object[]): object {
  const { name, phone, userId } = client
  const contacts = [{ profile: { name }, ...(phone && { wa_id: phone }), user_id: userId }]
  const timestamp = String(Math.floor(Date.now() / 1000))
  return batch({ contacts, messages: items.map((item) => ({ ...(phone && { from: phone }), from_user_id: userId, timestamp, ...item })) })
}

const says = (id: string, body: unknown) => ({ id: `wamid.${id}`, type: 'text', text: { body } })

async function entriesOf(query: string): Promise<Entry[]> {
  const { items } = await hub.api<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent(query)}`)
  if (items.length !== 1) return []
  return (await hub.api<{ items: Entry[] }>('GET', `/contacts/${items[0]?.id}/timeline?limit=100`)).items
}

async function write(query: string, body: string): Promise<string> {
  const conversationId = (await entriesOf(query))[0]?.conversationId ?? ''
  return (await hub.api<Entry>('POST', `/conversations/${conversationId}/messages`, { text: body })).id
}

async function entryOf(query: string, id: string): Promise<Entry | undefined> {
  return (await entriesOf(query)).find((entry) => entry.id === id)
}

test('the handshake answers its challenge to the verify token alone, and a forged batch is refused', async () => {
  const shake = (token: string) => fetch(`${channel.hookUrl}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)
  expect(await (await shake(secrets.verifyToken)).text()).toBe('1158201444')
  expect((await shake('another')).status).toBe(401)
  expect((await post(messages({ name: 'X', userId: 'RU.1' }, [says('X', 'x')]), 'another secret')).status).toBe(401)
})

test('of a batch of fifty with one broken item forty-nine stand on the card, which the attested phone finds', async () => {
  const client = { name: 'Пятьдесят', phone: '79991234567', userId: 'RU.50' }
  const items = Array.from({ length: 50 }, (_, index) => says(`B${index}`, index === 17 ? { broken: true } : `message ${index}`))
  expect((await post(messages(client, items))).status).toBe(200)
  await expect.poll(async () => (await entriesOf('8 (999) 123-45-67')).length, { timeout: 60_000 }).toBe(49)
  const parked = await hub.api<{ items: { channelId: string; events: { status: string; reason: string | null }[] }[] }>(
    'GET',
    '/deliveries?status=parked',
  )
  expect(parked.items).toHaveLength(1)
  expect(parked.items[0]?.events.filter(({ status }) => status === 'parked')).toMatchObject([{ reason: 'Cannot be read: text.body' }])
})

test('the same webhook ten times in parallel is one message, long emoji and right-to-left text unharmed', async () => {
  const body = `שלום ${'👩‍👩‍👧‍👦'.repeat(4_000)}`
  const webhook = messages({ name: 'Десятикратная', phone: '79990000010', userId: 'RU.10' }, [says('TEN', body)])
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await post(webhook)).status))
  expect(new Set(statuses)).toEqual(new Set([200]))
  await expect.poll(async () => (await entriesOf('Десятикратная')).map(({ text: told }) => told === body), { timeout: 60_000 }).toEqual([true])
})

test('a photo is fetched with the token; one whose link is dead is told as missing', async () => {
  const client = { name: 'Фотограф', phone: '79990000011', userId: 'RU.11' }
  const photo = (id: string, media: string) => ({ id: `wamid.${id}`, type: 'image', image: { id: media, mime_type: 'image/jpeg', caption: id } })
  expect((await post(messages(client, [photo('good', '9001'), photo('dead', '9002')]))).status).toBe(200)
  const attachment = async (caption: string) => (await entriesOf('Фотограф')).find((entry) => entry.text === caption)?.attachments[0]
  await expect.poll(async () => (await attachment('good'))?.size, { timeout: 60_000 }).toBe(10)
  await expect.poll(async () => JSON.stringify(await attachment('dead')), { timeout: 60_000 }).toContain('link is dead')
})

test('an answer goes out once, waits when Meta asks to, and its receipts come in any order', async () => {
  const client = { name: 'Собеседник', userId: 'RU.12' }
  await post(messages(client, [says('Q1', 'Сколько стоит?')]))
  await expect.poll(async () => (await entriesOf('Собеседник')).length, { timeout: 60_000 }).toBe(1)
  refusals = [{ status: 429, code: 130429, headers: { 'retry-after': '1' } }]
  const before = sent.length
  const id = await write('Собеседник', 'Двенадцать тысяч')
  await expect.poll(async () => (await entryOf('Собеседник', id))?.status, { timeout: 60_000 }).toBe('sent')
  expect(refusals).toEqual([])
  expect(sent.slice(before)).toMatchObject([{ recipient: 'RU.12', text: { body: 'Двенадцать тысяч' } }])
  const receipt = (status: string) => ({ id: `wamid.SENT${sent.length}`, status, timestamp: String(Math.floor(Date.now() / 1000)) })
  await post(batch({ statuses: [receipt('read'), receipt('delivered'), receipt('sent')] }))
  await expect.poll(async () => (await entryOf('Собеседник', id))?.status, { timeout: 60_000 }).toBe('read')
})

test('a closed window, told at once or later, stands on the message in words', async () => {
  refusals = [{ status: 400, code: 131047 }]
  const atOnce = await write('Собеседник', 'Вы ещё думаете?')
  await expect.poll(async () => (await entryOf('Собеседник', atOnce))?.error, { timeout: 60_000 }).toMatchObject({ code: 'window_closed' })
  const later = await write('Собеседник', 'Напишите нам')
  await expect.poll(async () => (await entryOf('Собеседник', later))?.status, { timeout: 60_000 }).toBe('sent')
  await post(batch({ statuses: [{ id: `wamid.SENT${sent.length}`, status: 'failed', errors: [{ code: 131047, title: 'Re-engagement message' }] }] }))
  await expect.poll(async () => (await entryOf('Собеседник', later))?.status, { timeout: 60_000 }).toBe('failed')
  expect((await entryOf('Собеседник', later))?.error?.message).toContain('nothing but a template')
})

test('a revoked token holds the message and calls for a person', async () => {
  refusals = [{ status: 401, code: 190 }]
  const id = await write('Собеседник', 'Ждём вас')
  const state = async () => JSON.stringify(await hub.api<{ state: unknown }>('GET', `/channels/${channel.id}`))
  await expect.poll(state, { timeout: 60_000 }).toContain('does not accept the access token')
  // The channel is told of it before the outcome of the attempt is written.
  await expect.poll(async () => (await entryOf('Собеседник', id))?.status, { timeout: 20_000 }).toBe('queued')
})
