import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// Messenger and lead forms in the whole program, with a Graph API of our own beside it.

const secrets = { appSecret: 'the-app-secret', verifyToken: 'the-verify-token', accessToken: 'EAAtheToken', pageId: '3003' }
const asked: string[] = []
let isLeadAway = true
let graph: ReturnType<typeof createServer>
let hub: RunningHub

beforeAll(async () => {
  graph = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve))
  hub = await startRunningHub()
})
afterAll(async () => {
  await hub?.close()
  graph.closeAllConnections()
  await new Promise((resolve) => graph.close(resolve))
})

const lead = (id: string, name: string) => ({
  id,
  created_time: new Date().toISOString(),
  campaign_name: 'Autumn',
  field_data: [
    { name: 'full_name', values: [name] },
    { name: 'phone_number', values: [`+7916000${id.slice(-4)}`] },
  ],
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const reply = (said: unknown, status = 200) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  const path = request.url?.replace(/\?.*$/, '').replace('/v24.0/', '') ?? ''
  asked.push(`${request.method} ${path} ${body}`)
  if (path === '77009') return reply({ first_name: 'Анна', last_name: 'Берг' })
  if (path === 'me/messages') return reply({ recipient_id: '77009', message_id: 'm_sent' })
  if (path === '3003/leadgen_forms') return reply({ data: [{ id: '555', name: 'Кухни' }] })
  if (path === '555/leads') return reply({ data: [lead('90001111', 'Пропущенная')] })
  if (path === '555') return reply({ name: 'Кухни' })
  if (path === '90002222') return isLeadAway ? reply({}, 503) : reply(lead(path, 'Заявка'))
  return reply({}, 404)
}

async function addChannel(connector: string) {
  const { port } = graph.address() as AddressInfo
  return await hub.addChannel(connector, { ...secrets, apiRoot: `http://127.0.0.1:${port}` })
}

async function post(hookUrl: string, entry: object): Promise<number> {
  const raw = JSON.stringify({ object: 'page', entry: [{ id: '3003', time: Date.now(), ...entry }] })
  const signature = `sha256=${createHmac('sha256', secrets.appSecret).update(raw).digest('hex')}`
  return (await fetch(hookUrl, { method: 'POST', headers: { 'x-hub-signature-256': signature }, body: raw })).status
}

interface Entry {
  kind: string
  direction: string | null
  text: string
  subject: string | null
  conversationId: string
}

async function timelineOf(query: string): Promise<Entry[]> {
  const { items } = await hub.api<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent(query)}`)
  if (items.length !== 1) return []
  return (await hub.api<{ items: Entry[] }>('GET', `/contacts/${items[0]?.id}/timeline`)).items
}

test('whoever writes to the page gets his name, and an answer with its echo is one message', async () => {
  const { hookUrl } = await addChannel('messenger')
  const client = { sender: { id: '77009' }, recipient: { id: '3003' }, timestamp: Date.now() }
  expect(await post(hookUrl, { messaging: [{ ...client, message: { mid: 'm_in', text: 'Есть столы?' } }] })).toBe(200)
  await expect.poll(async () => (await timelineOf('Анна Берг')).map((entry) => entry.text), { timeout: 60_000 }).toEqual(['Есть столы?'])
  const [question] = await timelineOf('Анна Берг')
  await hub.api('POST', `/conversations/${question?.conversationId}/messages`, { text: 'Есть, три' })
  const echo = { sender: { id: '3003' }, recipient: { id: '77009' }, timestamp: Date.now() }
  await post(hookUrl, { messaging: [{ ...echo, message: { mid: 'm_sent', is_echo: true, text: 'Есть, три' } }] })
  await post(hookUrl, { messaging: [{ ...echo, message: { mid: 'm_app', is_echo: true, text: 'Из Business Suite' } }] })
  const outbound = async () => (await timelineOf('Анна Берг')).flatMap((entry) => (entry.direction === 'outbound' ? entry.text : [])).toSorted()
  await expect.poll(outbound, { timeout: 60_000 }).toEqual(['Есть, три', 'Из Business Suite'])
  await expect.poll(async () => (await hub.api<{ items: unknown[] }>('GET', '/deliveries?status=received')).items).toEqual([])
  expect(await outbound()).toHaveLength(2)
  expect(asked.filter((call) => call.startsWith('POST me/messages'))).toHaveLength(1)
})

test('a lead that no webhook told is found; one that is told is fetched at once, and comes once however often it is told', async () => {
  const { hookUrl } = await addChannel('facebook-leads')
  await expect.poll(async () => (await timelineOf('Пропущенная')).length, { timeout: 60_000 }).toBe(1)
  const notice = { changes: [{ field: 'leadgen', value: { leadgen_id: '90002222', page_id: '3003', form_id: '555' } }] }
  expect(await post(hookUrl, notice)).toBe(200)
  await expect.poll(() => asked.filter((call) => call.startsWith('GET 90002222')).length, { timeout: 60_000 }).toBeGreaterThan(0)
  expect(await timelineOf('Заявка')).toEqual([])
  isLeadAway = false
  await Promise.all([post(hookUrl, notice), post(hookUrl, { ...notice, time: 1 })])
  await expect
    .poll(async () => (await timelineOf('+79160002222')).map(({ kind, subject }) => ({ kind, subject })), { timeout: 60_000 })
    .toEqual([{ kind: 'form', subject: 'Кухни' }])
  await expect.poll(() => asked.filter((call) => call.startsWith('GET 90002222')).length).toBeGreaterThanOrEqual(3)
  expect(await timelineOf('+79160002222')).toHaveLength(1)
})
