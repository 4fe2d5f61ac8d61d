import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const secretWord = 'word-of-the-flow'
const answers = [{ id: 41, received: '02.01.2026 03:04:05', phone: '79990001122', message: 'Когда привезёте?', to_phone: '79030000000' }]
const taken: { id: string; to: string; text: string }[] = []
const statuses: object[] = []
const afterIds: (string | null)[] = []
let isCut = false
let vendor: Server
let hub: RunningHub
let channel: { id: string; hookUrl: string }

/** SMSC, as far as it is asked here: one login, answers after a number, messages by our ids. Undefined: the line is cut. */
function answerTo(path: string, form: URLSearchParams): object | undefined {
  if (form.get('login') !== 'firm' || form.get('psw') !== 'right') return { error: 'authorise error', error_code: 2 }
  const id = form.get('id') ?? ''
  if (path === '/send.php') {
    taken.push({ id, to: form.get('phones') ?? '', text: form.get('mes') ?? '' })
    return isCut ? undefined : { id, cnt: 1, cost: '1', balance: '9' }
  }
  if (path === '/status.php') return taken.some((message) => message.id === id) ? { status: 0 } : { error: 'message not found', error_code: 3 }
  if (path !== '/get.php') return { error: 'unknown script', error_code: 1 }
  if (!form.has('get_answers')) return statuses
  afterIds.push(form.get('after_id'))
  return answers.filter((one) => one.id > Number(form.get('after_id') ?? 0))
}

beforeAll(async () => {
  vendor = createServer(async (request, response) => {
    const answer = answerTo(request.url ?? '', new URLSearchParams(await text(request)))
    if (answer) response.end(JSON.stringify(answer))
    else response.destroy()
  })
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening))
  hub = await startRunningHub()
  const apiRoot = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
  channel = await hub.addChannel('smsc', { login: 'firm', password: 'right', apiRoot, secretWord, pollSeconds: 1 })
})
afterAll(async () => {
  await hub?.close()
  await new Promise((closed) => vendor.close(closed))
})

interface Entry {
  id: string
  status: string | null
  direction: string
  text: string
}
const clientOf = async () => (await hub.api<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent('+79990001122')}`)).items[0]?.id
const timeline = async () => {
  const id = await clientOf()
  return id === undefined ? [] : (await hub.api<{ items: Entry[] }>('GET', `/contacts/${id}/timeline`)).items
}
const entryOf = async (id: string) => (await timeline()).find((entry) => entry.id === id)

async function push(fields: Record<string, string>, secret = secretWord): Promise<number> {
  const names = 'mes' in fields ? ['phone', 'mes', 'to'] : ['id', 'phone', 'status']
  const md5 = createHash('md5')
    .update([...names.map((name) => fields[name] ?? ''), secret].join(':'))
    .digest('hex')
  return (await fetch(channel.hookUrl, { method: 'POST', body: new URLSearchParams({ ...fields, md5 }) })).status
}

test('what a client wrote is asked for, and is one message however it comes; the next question goes on from there', async () => {
  await expect.poll(async () => (await timeline()).map((entry) => entry.text), { timeout: 60_000 }).toEqual(['Когда привезёте?'])
  expect(await push({ phone: '79990001122', mes: 'Когда привезёте?', to: '79030000000', id: '41' }, 'forged')).toBe(401)
  expect(await push({ phone: '79990001122', mes: 'Когда привезёте?', to: '79030000000', id: '41' })).toBe(200)
  expect(await push({ phone: '79990001122', mes: 'Жду', to: '79030000000', id: '42' })).toBe(200)
  await expect.poll(async () => (await timeline()).map((entry) => entry.text).toSorted(), { timeout: 60_000 }).toEqual(['Жду', 'Когда привезёте?'])
  await expect.poll(() => afterIds, { timeout: 60_000 }).toContain('41')
})

test('an answer goes out once, also when what SMSC said was lost; statuses come pushed and asked for', async () => {
  isCut = true
  const sent = await hub.api<Entry>('POST', `/contacts/${await clientOf()}/messages`, { channelId: channel.id, text: 'Сегодня до восьми вечера' })
  await expect.poll(async () => (await entryOf(sent.id))?.status, { timeout: 60_000 }).toBe('sent')
  expect(taken).toMatchObject([{ to: '+79990001122', text: 'Сегодня до восьми вечера' }])
  const id = taken[0]?.id ?? ''
  expect(await push({ id, phone: '79990001122', status: '1', time: '02.01.2026 03:04:05' })).toBe(200)
  await expect.poll(async () => (await entryOf(sent.id))?.status, { timeout: 60_000 }).toBe('delivered')
  statuses.push({ id, phone: '79990001122', status: 2, last_date: '02.01.2026 03:06:00' }, { id: 'sent by somebody else', status: 1 })
  await expect.poll(async () => (await entryOf(sent.id))?.status, { timeout: 60_000 }).toBe('read')
  expect(await push({ id, phone: '79990001122', status: '0' })).toBe(200)
  expect((await entryOf(sent.id))?.status).toBe('read')
  expect(taken).toHaveLength(1)
})
