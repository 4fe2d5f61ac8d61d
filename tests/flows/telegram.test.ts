import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { type FakeTelegram, fakeTelegram } from '../support/fake-telegram.ts'
import { type HubProcess, startHub } from '../support/hub-process.ts'

// The whole program with a Telegram of our own beside it: a client writes, the operator answers, by poll and by webhook.

const key = `swb_${randomBytes(24).toString('base64url')}`
let database: TestDatabase
let hub: HubProcess
let vendor: FakeTelegram
let dataDir: string

beforeAll(async () => {
  database = await testDatabase()
  vendor = await fakeTelegram()
  dataDir = await mkdtemp(path.join(tmpdir(), 'telegram-flow-'))
  hub = await startHub({ env: { DATABASE_URL: database.url, DATA_DIR: dataDir, ADMIN_API_KEY: key } })
})

afterAll(async () => {
  await hub?.end()
  await vendor?.close()
  await database?.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Entry {
  id: string
  kind: string
  direction: string | null
  status: string | null
  conversationId: string
  text: string | null
  attachments: { name: string; size: number | null; url: string }[]
}

async function call<Body>(method: string, where: string, body?: object): Promise<{ status: number; body: Body }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await fetch(`${hub.url}/api/v1${where}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: response.status, body: (await response.json()) as Body }
}

async function addChannel(settings: object) {
  const made = await call<{ id: string; hookUrl: string; state: string }>('POST', '/channels', { connector: 'telegram', name: 'Bot', settings })
  expect(made, hub.output()).toMatchObject({ status: 201 })
  return made.body
}

async function contactsOf(query: string) {
  const { body } = await call<{ items: { id: string; name: string }[] }>('GET', `/contacts?query=${encodeURIComponent(query)}`)
  return body.items
}

async function messagesWith(person: number): Promise<Entry[]> {
  const [contact] = await contactsOf(nameOf(person))
  if (!contact) return []
  return (await call<{ items: Entry[] }>('GET', `/contacts/${contact.id}/timeline?limit=50`)).body.items.filter(({ kind }) => kind === 'message')
}

const nameOf = (person: number) => `Анна${person}`

function message(person: number, id: number, more: object): { message: object } {
  const from = { id: person, is_bot: false, first_name: nameOf(person), language_code: 'ru' }
  return { message: { message_id: id, date: Math.floor(Date.now() / 1000), chat: { id: person, type: 'private' }, from, ...more } }
}

it('by polling: a stranger becomes a card, his phone is known, his photo is kept, and the answer reaches him once', async () => {
  await addChannel({ token: vendor.token, apiRoot: vendor.apiRoot })
  const person = 700001
  vendor.files.set('PHOTO', Buffer.from('jpeg bytes'))
  vendor.push(message(person, 1, { text: 'Есть окно в пять?' }))
  vendor.push(message(person, 2, { photo: [{ file_id: 'PHOTO', file_unique_id: 'u', width: 9, height: 9, file_size: 10 }], caption: 'вот так' }))
  vendor.push(message(person, 3, { contact: { phone_number: '79161234567', first_name: 'Анна', user_id: person } }))
  await expect.poll(async () => (await messagesWith(person)).length, { timeout: 60_000 }).toBe(3)
  await expect.poll(async () => (await contactsOf('8 (916) 123-45-67')).map(({ name }) => name)).toEqual([nameOf(person)])

  const entries = await messagesWith(person)
  const photo = entries.find(({ text }) => text === 'вот так')
  const file = async () => fetch(new URL(photo?.attachments[0]?.url ?? '', hub.url), { headers: { authorization: `Bearer ${key}` } })
  await expect.poll(async () => (await file()).text(), { timeout: 60_000 }).toBe('jpeg bytes')

  const conversationId = entries[0]?.conversationId ?? ''
  expect((await call('POST', `/conversations/${conversationId}/messages`, { text: 'Да, ждём вас' })).status).toBe(202)
  const sent = await vendor.called('sendMessage')
  expect(sent.fields).toMatchObject({ chat_id: String(person), text: 'Да, ждём вас' })
  await expect.poll(async () => (await messagesWith(person)).find(({ direction }) => direction === 'outbound')?.status).toBe('sent')
  expect(vendor.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1)
}, 240_000)

it('by webhook: only with the secret, an update that comes twice is one message, an edit changes it', async () => {
  const { hookUrl } = await addChannel({ token: vendor.token, apiRoot: vendor.apiRoot, mode: 'webhook' })
  const secret = String((await vendor.called('setWebhook', ({ fields }) => fields.url === hookUrl)).fields.secret_token)
  const person = 700002
  const post = (body: object, headers: Record<string, string>) =>
    fetch(new URL(new URL(hookUrl).pathname, hub.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const proof = { 'x-telegram-bot-api-secret-token': secret }
  const update = { update_id: 9001, ...message(person, 5, { text: 'Сколько стоит?' }) }
  expect((await post(update, {})).status).toBe(401)
  expect((await post(update, { 'x-telegram-bot-api-secret-token': `${secret}x` })).status).toBe(401)
  expect((await post(update, proof)).status).toBe(200)
  expect((await post(update, proof)).status).toBe(200)
  await expect.poll(async () => (await messagesWith(person)).map(({ text }) => text), { timeout: 60_000 }).toEqual(['Сколько стоит?'])

  const edited = { ...(update.message as object), edit_date: Math.floor(Date.now() / 1000), text: 'Сколько стоит доставка?' }
  expect((await post({ update_id: 9002, edited_message: edited }, proof)).status).toBe(200)
  await expect.poll(async () => (await messagesWith(person)).map(({ text }) => text), { timeout: 60_000 }).toEqual(['Сколько стоит доставка?'])

  const pressed = { update_id: 9003, callback_query: { id: 'q-1', from: { id: person, first_name: nameOf(person) }, data: 'yes' } }
  expect(await (await post(pressed, proof)).json()).toEqual({ method: 'answerCallbackQuery', callback_query_id: 'q-1' })
  expect(hub.output()).not.toContain(vendor.token)
}, 240_000)
