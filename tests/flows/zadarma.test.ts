import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'
import { stereoWav } from '../support/stereo-wav.ts'

const admin = { email: 'anna@firm.example', password: 'a-long-password-1' }
const apiSecret = 'secret1'
const asked: string[] = []
let pbx: Server
let hub: RunningHub
let hookUrl: string

/** The API of Zadarma, as far as it is asked here. */
function answer(url: URL): { status: number; body: string | Uint8Array } {
  asked.push(url.pathname)
  if (url.pathname === '/file.wav') return { status: 200, body: stereoWav(1) }
  if (url.pathname === '/v1/request/callback/') return { status: 200, body: '{"status":"success"}' }
  if (url.pathname !== '/v1/pbx/record/request/') return { status: 404, body: '{"status":"error","message":"no such method"}' }
  return { status: 200, body: JSON.stringify({ status: 'success', link: `${url.origin}/file.wav` }) }
}

beforeAll(async () => {
  pbx = createServer((request, response) => {
    const { status, body } = answer(new URL(request.url ?? '/', `http://${request.headers.host}`))
    response.writeHead(status).end(body)
  })
  await new Promise<void>((listening) => pbx.listen(0, '127.0.0.1', listening))
  hub = await startRunningHub({ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password })
  const apiRoot = `http://127.0.0.1:${(pbx.address() as AddressInfo).port}`
  ;({ hookUrl } = await hub.addChannel('zadarma', { apiKey: 'user', apiSecret, apiRoot }))
})
afterAll(async () => {
  await hub?.close()
  await new Promise((closed) => pbx.close(closed))
})

async function send(fields: Record<string, string>, signed: string[], secret = apiSecret): Promise<Response> {
  const hex = createHmac('sha1', secret)
    .update(signed.map((name) => fields[name] ?? '').join(''))
    .digest('hex')
  return fetch(hookUrl, { method: 'POST', headers: { signature: Buffer.from(hex).toString('base64') }, body: new URLSearchParams(fields) })
}

const began = Date.now() - 71_000
/** The account's clock shows Moscow time. */
const callStart = new Date(began + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
const common = { call_start: callStart, pbx_call_id: 'in_ab12', caller_id: '79990001122', called_did: '74950000000' }
const incoming = ['caller_id', 'called_did', 'call_start']

interface Call {
  id: string
  state: string
  outcome: string | null
  contactId: string | null
  talkSeconds: number | null
  dialled: string | null
  startedAt: string
  recordings: { state: string }[]
}
const calls = async () => (await hub.api<{ items: Call[] }>('GET', '/calls')).items

test('the cabinet tries the address, and gets its echo', async () => {
  const response = await fetch(`${hookUrl}?zd_echo=8f3a`)
  expect([response.status, await response.text()]).toEqual([200, '8f3a'])
})

test('a forged event is refused', async () => {
  expect((await send({ event: 'NOTIFY_START', ...common }, incoming, 'another')).status).toBe(401)
  expect(await calls()).toEqual([])
})

test('a call out of order and twice is one, with its recording; the next time the phone shows who calls', async () => {
  const end = { event: 'NOTIFY_END', ...common, internal: '100', duration: '62', disposition: 'answered', is_recorded: '1', call_id_with_rec: '17.1' }
  const story = [
    [{ event: 'NOTIFY_INTERNAL', ...common, internal: '100' }, incoming],
    [end, incoming],
    [{ event: 'NOTIFY_ANSWER', ...common, destination: '100', internal: '100' }, ['caller_id', 'destination', 'call_start']],
    [{ event: 'NOTIFY_START', ...common }, incoming],
    [{ event: 'NOTIFY_RECORD', pbx_call_id: 'in_ab12', call_id_with_rec: '17.1' }, ['pbx_call_id', 'call_id_with_rec']],
  ] as const
  for (const [fields, signed] of [...story, ...story]) expect((await send(fields, [...signed])).status).toBe(200)
  const told = { state: 'ended', outcome: 'answered', talkSeconds: 62, dialled: '+74950000000', recordings: [{ state: 'ready' }] }
  await expect.poll(calls, { timeout: 60_000 }).toMatchObject([told])
  const [call] = await calls()
  expect(Math.abs(Date.parse(call?.startedAt ?? '') - began)).toBeLessThan(1_000)
  expect(asked.filter((path) => path === '/file.wav')).toHaveLength(1)

  await hub.api('PATCH', `/contacts/${call?.contactId}`, { name: 'Иван Петров' })
  // On a slow machine the first answer may be late, and then it is empty.
  const shown = async () => (await send({ event: 'NOTIFY_START', ...common, pbx_call_id: 'in_ab13' }, incoming)).text()
  await expect.poll(shown).toBe('{"caller_name":"Иван Петров"}')
})

test('an SMS is on the card of who called, as an SMS', async () => {
  const result = JSON.stringify({ caller_id: '79990001122', caller_did: '74950000000', text: 'Когда приедете?' })
  expect((await send({ event: 'SMS', result }, ['result'])).status).toBe(200)
  const contactId = (await calls()).find((call) => call.contactId !== null)?.contactId
  const timeline = () => hub.api<{ items: { kind: string; medium: string; text: string }[] }>('GET', `/contacts/${contactId}/timeline`)
  await expect
    .poll(async () => (await timeline()).items.filter((entry) => entry.kind === 'message'), { timeout: 60_000 })
    .toMatchObject([{ medium: 'sms', text: 'Когда приедете?' }])
})

test('a call by a click is the one that the cabinet then tells of, though it names no request', async () => {
  const headers = { 'content-type': 'application/json', origin: hub.url }
  const signIn = await fetch(`${hub.url}/api/auth/sign-in/email`, { method: 'POST', headers, body: JSON.stringify(admin) })
  const cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const { items } = await hub.api<{ items: { id: string }[] }>('GET', '/users')
  await hub.api('PUT', `/users/${items[0]?.id}/numbers`, { items: [{ channelId: null, value: '100' }] })
  const contactId = (await calls()).find((call) => call.contactId !== null)?.contactId
  const placed = await fetch(`${hub.url}/api/v1/calls`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ contactId, to: '+79990001122' }),
  })
  expect(placed.status).toBe(202)
  const { id } = (await placed.json()) as Call
  expect(asked).toContain('/v1/request/callback/')
  const start = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const call = { pbx_call_id: 'out_77', call_start: start, internal: '100', destination: '79990001122', caller_id: '74950000000' }
  const signed = ['internal', 'destination', 'call_start']
  expect((await send({ event: 'NOTIFY_OUT_START', ...call }, signed)).status).toBe(200)
  expect((await send({ event: 'NOTIFY_OUT_END', ...call, duration: '41', disposition: 'answered' }, signed)).status).toBe(200)
  await expect
    .poll(async () => hub.api<Call>('GET', `/calls/${id}`), { timeout: 60_000 })
    .toMatchObject({
      state: 'ended',
      outcome: 'answered',
      talkSeconds: 41,
    })
  expect((await calls()).filter((one) => one.id !== id && one.talkSeconds === 41)).toEqual([])
})
