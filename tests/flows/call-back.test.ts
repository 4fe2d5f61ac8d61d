import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openVisitor } from '../support/chat-visitor.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// "Call me back" on a site: the wish stands in Waiting, and a telephony channel rings whoever is there, then the stranger: once, and only where it may.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const patient = { timeout: 60_000, interval: 100 }
let hub: RunningHub
let vendor: Server
let telephone: { id: string; hookUrl: string }
let chat: { id: string; hookUrl: string }
let socket: Socket
const asked: { from: { extension: string }; to_number: string }[] = []

beforeAll(async () => {
  vendor = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(JSON.parse(new URLSearchParams(Buffer.concat(chunks).toString()).get('json') ?? '{}'))
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  hub = await startRunningHub()
  await hub.api('PATCH', '/settings', { country: 'RU' })
  const apiRoot = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
  telephone = await hub.addChannel('mango-office', { apiKey: 'k1', apiSalt: 's1', apiRoot })
  chat = await hub.addChannel('site-chat', { callChannel: telephone.id })
  const { user, temporaryPassword: password } = await hub.api<{ user: { id: string }; temporaryPassword: string }>('POST', '/users', {
    name: 'Анна',
    email: 'anna@firm.example',
    role: 'operator',
  })
  await hub.api('PUT', `/users/${user.id}/numbers`, { items: [{ channelId: telephone.id, value: '101' }] })
  const signIn = await fetch(`${hub.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url },
    body: JSON.stringify({ email: 'anna@firm.example', password }),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  socket = io(hub.url, { transports: ['websocket'], forceNew: true, autoConnect: false, extraHeaders: { cookie, origin: hub.url } })
})
afterAll(async () => {
  socket?.close()
  await hub.close()
  vendor.closeAllConnections()
  vendor.close()
})

const waiting = async () => (await hub.api<{ items: { id: string }[] }>('GET', `/conversations?state=waiting&channelId=${chat.id}&limit=50`)).items

test('with nobody there the wish waits for people, and nothing rings', async () => {
  const visitor = await openVisitor(hub, chat)
  expect(visitor.session.isOnline).toBe(false)
  expect(await visitor.post({ type: 'callback', phone: '8 916 123-45-67' })).toBe(200)
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), patient)
  expect(asked).toEqual([])
})

test('who is there is rung, then the stranger; the call is on his card, and the same wish rings once', async () => {
  socket.connect()
  const visitor = await openVisitor(hub, chat)
  const looks = async () => (await (await fetch(`${hub.url}/visitors/${chat.hookUrl.split('/').at(-1)}/widget`)).json()) as { isOnline: boolean }
  await vi.waitFor(async () => expect((await looks()).isOnline).toBe(true), patient)
  const wish = { type: 'callback', phone: '8 916 765-43-21', profile: { name: 'Пётр' } }
  for (let times = 0; times < 3; times++) expect(await visitor.post(wish, 'wish-of-petr-1')).toBe(200)
  await vi.waitFor(() => expect(asked).toMatchObject([{ from: { extension: '101' }, to_number: '79167654321' }]), patient)
  const { items } = await hub.api<{ items: { contactId: string; direction: string }[] }>('GET', '/calls?limit=10')
  expect(items).toHaveLength(1)
  expect(await hub.api('GET', `/contacts/${items[0]?.contactId}`)).toMatchObject({ name: 'Пётр' })
  expect(asked).toHaveLength(1)
})

test('the same number again, a foreign one, and a time to come ring nobody: they wait', async () => {
  const before = (await waiting()).length
  const texts = [
    { type: 'callback', phone: '+7 916 765-43-21' },
    { type: 'callback', phone: '+1 900 555 0199' },
    { type: 'callback', phone: '+7 916 111-22-33', at: new Date(Date.now() + 3_600_000).toISOString() },
  ]
  for (const wish of texts) expect(await (await openVisitor(hub, chat)).post(wish)).toBe(200)
  await vi.waitFor(async () => expect((await waiting()).length).toBe(before + 3), patient)
  // Whoever may be rung still is, after all of them.
  expect(await (await openVisitor(hub, chat)).post({ type: 'callback', phone: '+7 916 222-33-44' })).toBe(200)
  await vi.waitFor(() => expect(asked.at(-1)?.to_number).toBe('79162223344'), patient)
  expect(asked).toHaveLength(2)
})
