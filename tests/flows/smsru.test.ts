import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const apiId = '0a1b2c3d-flow-api-id'
const stopped = '79990009999'
const taken: { to: string; text: string }[] = []
let vendor: Server
let hub: RunningHub
let channel: { id: string; hookUrl: string }

/** Sending as SMS.ru answers it: fine as a whole, with a code of its own for the number. */
function send(form: URLSearchParams): object {
  const [name, message] = [...form].find(([field]) => field.startsWith('to[')) ?? ['to[]', '']
  const to = name.slice(3, -1)
  if (to === stopped) return { status: 'OK', status_code: 100, sms: { [to]: { status: 'ERROR', status_code: 209 } } }
  taken.push({ to, text: message })
  return { status: 'OK', status_code: 100, sms: { [to]: { status: 'OK', status_code: 100, sms_id: `000000-${taken.length}` } }, balance: 10 }
}

beforeAll(async () => {
  vendor = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const isOurs = form.get('api_id') === apiId
    response.end(JSON.stringify(isOurs && request.url === '/sms/send' ? send(form) : { status: 'ERROR', status_code: 200 }))
  })
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening))
  hub = await startRunningHub()
  channel = await hub.addChannel('smsru', { apiId, apiRoot: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}` })
})
afterAll(async () => {
  await hub?.close()
  await new Promise((closed) => vendor.close(closed))
})

interface Entry {
  id: string
  status: string
  error: { code: string; message: string } | null
}

async function write(phone: string, message: string): Promise<{ entry: () => Promise<Entry | undefined> }> {
  const contact = await hub.api<{ id: string }>('POST', '/contacts', { name: phone, identities: [{ kind: 'phone', value: phone }] })
  const sent = await hub.api<Entry>('POST', `/contacts/${contact.id}/messages`, { channelId: channel.id, text: message })
  const entry = async () => (await hub.api<{ items: Entry[] }>('GET', `/contacts/${contact.id}/timeline`)).items.find(({ id }) => id === sent.id)
  return { entry }
}

async function report(entries: string[], id = apiId): Promise<[number, string]> {
  const hash = createHash('sha256')
    .update([id, ...entries].join(''))
    .digest('hex')
  const body = new URLSearchParams([...entries.map((entry, index): [string, string] => [`data[${index}]`, entry]), ['hash', hash]])
  const response = await fetch(channel.hookUrl, { method: 'POST', body })
  return [response.status, await response.text()]
}
const status = (code: number) => `sms_status\n000000-1\n${code}\n${Math.floor(Date.now() / 1000)}`

test('a long Russian text leaves once; statuses in any order end in "delivered"; SMS.ru hears 100', async () => {
  const long = 'Добрый день! Ваш заказ готов, ждём вас до восьми вечера. '.repeat(4).trim()
  const { entry } = await write('+79990001122', long)
  await expect.poll(async () => (await entry())?.status, { timeout: 60_000 }).toBe('sent')
  expect(taken).toEqual([{ to: '79990001122', text: long }])
  expect(await report([status(103)], 'forged')).toEqual([401, expect.stringContaining('hash')])
  expect(await report([status(103), status(102)])).toEqual([200, '100'])
  await expect.poll(async () => (await entry())?.status, { timeout: 60_000 }).toBe('delivered')
  expect(await report([status(101)])).toEqual([200, '100'])
  const open = async () => (await hub.api<{ items: { status: string }[] }>('GET', '/deliveries')).items.filter(({ status: is }) => is === 'received')
  await expect.poll(open, { timeout: 60_000 }).toEqual([])
  expect((await entry())?.status).toBe('delivered')
})

test('a number on the stop list is said to be on it, and is not tried again', async () => {
  const { entry } = await write(`+${stopped}`, 'Здравствуйте')
  await expect
    .poll(async () => (await entry())?.error, { timeout: 60_000 })
    .toMatchObject({ code: 'blocked', message: expect.stringContaining('stop list') })
  expect(taken).toHaveLength(1)
})

test('what nine SMS would be is refused before anything is sent', async () => {
  await expect(write('+79990003344', 'ж'.repeat(67 * 8 + 1))).rejects.toThrow('9 SMS')
  expect(taken).toHaveLength(1)
})
