import { createHash } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const settings = { apiKey: 'k1', apiSalt: 's1' }
const client = '+79990001122'
let hub: RunningHub
let vendor: Server
let channel: { id: string; hookUrl: string }
let contactId: string
const asked: { command_id: string; from: { extension: string }; to_number: string }[] = []
let answer = (response: ServerResponse): void => void response.writeHead(200).end()

beforeAll(async () => {
  vendor = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(JSON.parse(new URLSearchParams(Buffer.concat(chunks).toString()).get('json') ?? '{}'))
      answer(response)
    })
  })
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  hub = await startRunningHub({ ADMIN_EMAIL: 'anna@firm.example', ADMIN_PASSWORD: 'a-long-password-1' })
  channel = await hub.addChannel('mango-office', { ...settings, apiRoot: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}` })
  const made = await hub.api<{ id: string }>('POST', '/contacts', { name: 'Мария', identities: [{ kind: 'phone', value: client }] })
  contactId = made.id
})
afterAll(async () => {
  await hub.close()
  vendor.closeAllConnections()
  vendor.close()
})

interface Call {
  id: string
  state: string
  outcome: string | null
  contactId: string | null
  userId: string | null
  direction: string
}

const calls = async () => (await hub.api<{ items: Call[] }>('GET', `/calls?contactId=${contactId}`)).items

/** As the user in the console: an API key has no telephone. */
async function asUser(path: string, body: object): Promise<{ status: number; body: Call & { code?: string } }> {
  const signIn = await fetch(`${hub.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url },
    body: JSON.stringify({ email: 'anna@firm.example', password: 'a-long-password-1' }),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url, cookie },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Call & { code?: string } }
}

async function send(path: string, event: object): Promise<number> {
  const json = JSON.stringify(event)
  const sign = createHash('sha256').update(`${settings.apiKey}${json}${settings.apiSalt}`).digest('hex')
  return (await fetch(`${channel.hookUrl}${path}`, { method: 'POST', body: new URLSearchParams({ vpbx_api_key: settings.apiKey, sign, json }) }))
    .status
}

test('who has no number on the PBX is told so, and nothing rings', async () => {
  expect(await asUser('/calls', { contactId, to: client })).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  expect(asked).toEqual([])
})

test('a call is on the card before the PBX is asked, and the events of the PBX are of that same call', async () => {
  const users = await hub.api<{ items: { id: string; email: string }[] }>('GET', '/users')
  const anna = users.items.find((user) => user.email === 'anna@firm.example')
  await hub.api('PUT', `/users/${anna?.id}/numbers`, { items: [{ channelId: channel.id, value: '101' }] })
  const placed = await asUser('/calls', { contactId, to: client })
  expect(placed).toMatchObject({ status: 202, body: { direction: 'outbound', state: 'ringing', contactId, userId: anna?.id } })
  expect(asked).toMatchObject([{ command_id: placed.body.id, from: { extension: '101' }, to_number: '79990001122' }])
  const began = Math.floor(Date.now() / 1000) - 60
  const leg = {
    entry_id: 'e7',
    call_id: 'c7',
    location: 'abonent',
    from: { number: '79990001122' },
    to: { extension: '101' },
    command_id: placed.body.id,
  }
  await send('/events/call', { ...leg, timestamp: began, seq: 1, call_state: 'Appeared' })
  await send('/events/summary', {
    entry_id: 'e7',
    call_direction: 2,
    from: { extension: '101' },
    to: { number: '79990001122' },
    create_time: began,
    talk_time: began + 10,
    end_time: began + 40,
    entry_result: 1,
  })
  await expect.poll(async () => (await calls())[0]?.state, { timeout: 60_000 }).toBe('ended')
  expect(await calls()).toMatchObject([{ id: placed.body.id, outcome: 'answered', contactId, userId: anna?.id }])
})

test('a refusal of the PBX ends the call as failed; it is not asked twice', async () => {
  answer = (response) => void response.writeHead(420, { 'content-type': 'application/json' }).end('{"code":3310}')
  const before = asked.length
  expect(await asUser('/calls', { contactId, to: client })).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(asked).toHaveLength(before + 1)
  expect((await calls())[0]).toMatchObject({ state: 'ended', outcome: 'failed' })
})

test('a lost answer leaves the call open for what the PBX tells, and it is not asked twice', async () => {
  answer = (response) => void response.socket?.destroy()
  const before = asked.length
  expect((await asUser('/calls', { contactId, to: client })).status).toBe(503)
  expect(asked).toHaveLength(before + 1)
  const [open] = await calls()
  expect(open).toMatchObject({ state: 'ringing', outcome: null })
  await send('/result/callback', { command_id: open?.id, result: 1111 })
  await expect.poll(async () => (await calls())[0], { timeout: 60_000 }).toMatchObject({ id: open?.id, state: 'ended', outcome: 'failed' })
})
