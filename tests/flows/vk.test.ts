import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiAnswer, type ApiCall, type FakeApi, fakeApi } from '../support/fake-api.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The whole program with a VK of our own beside it: long poll, Callback API, lead forms, answers.

interface Entry {
  kind: string
  direction: string | null
  status: string | null
  medium: string
  text: string | null
  conversationId: string
  attachments: { url: string }[]
}

const groupId = 1234
const token = 'vk1.a.flow-token'
const updates: object[] = []
let confirmation = 'first-code'
let vendor: FakeApi
let hub: RunningHub

beforeAll(async () => {
  vendor = await fakeApi(answer)
  hub = await startRunningHub()
})

afterAll(async () => {
  await hub?.close()
  await vendor?.close()
})

const servers: { id: number; url: string; status: string }[] = []
let sent = 100

async function answer({ path, fields }: ApiCall): Promise<ApiAnswer> {
  const said = (response: unknown): ApiAnswer => ({ body: { response } })
  switch (path) {
    case '/groups.getById':
      return said({ groups: [{ name: 'Окна' }] })
    case '/groups.getLongPollServer':
      return said({ key: 'k', server: `${vendor.url}/lp`, ts: 1 })
    case '/lp':
      for (let waited = 0; updates.length === 0 && waited < 20; waited += 1) await new Promise((done) => setTimeout(done, 50))
      return { body: { ts: '2', updates: updates.splice(0) } }
    case '/users.get':
      return said([{ id: Number(fields.user_ids), first_name: 'Анна', last_name: `№${String(fields.user_ids)}`, screen_name: 'anna' }])
    case '/messages.send':
      return said([{ peer_id: Number(fields.peer_ids), message_id: 5000 + ++sent, conversation_message_id: sent }])
    case '/groups.getCallbackConfirmationCode':
      return said({ code: confirmation })
    case '/groups.getCallbackServers':
      return said({ items: servers })
    case '/groups.addCallbackServer':
      confirmation = 'second-code'
      servers.push({ id: 7, url: String(fields.url), status: 'ok' })
      return said({ server_id: 7 })
    case '/messages.getConversations':
      return said({ items: [], profiles: [] })
    case '/photo.jpg':
      return { body: 'jpeg bytes', headers: { 'content-type': 'image/jpeg' } }
    default:
      return said(1)
  }
}

async function entriesOf(query: string): Promise<Entry[]> {
  const [contact] = (await hub.api<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent(query)}`)).items
  if (!contact) return []
  return (await hub.api<{ items: Entry[] }>('GET', `/contacts/${contact.id}/timeline?limit=50`)).items
}

function message(person: number, number: number, more: object = {}) {
  const now = Math.floor(Date.now() / 1000)
  return { id: number, date: now, peer_id: person, from_id: person, text: '', conversation_message_id: number, out: 0, attachments: [], ...more }
}

function event(type: string, id: string, object: object) {
  return { type, group_id: groupId, event_id: id, v: '5.199', object }
}

it('by long poll: a stranger has a name and his photo, our answer goes out once and its echo is not a second one, his reading is seen', async () => {
  await hub.addChannel('vk', { token, groupId: String(groupId), apiRoot: vendor.url })
  const photo = { type: 'photo', photo: { sizes: [{ url: `${vendor.url}/photo.jpg`, width: 9, height: 9 }] } }
  updates.push(
    event('message_new', 'a1', { message: message(700, 12, { text: 'Сколько стоит?', attachments: [photo] }), client_info: { lang_id: 0 } }),
  )
  await expect.poll(async () => (await entriesOf('Анна №700')).length, { timeout: 60_000 }).toBe(1)
  const [first] = await entriesOf('Анна №700')
  const file = async () =>
    (
      await fetch(new URL(first?.attachments[0]?.url ?? '', hub.url), {
        headers: { authorization: 'Bearer administrator-key-of-the-tests-0123456789' },
      })
    ).text()
  await expect.poll(file, { timeout: 60_000 }).toBe('jpeg bytes')
  await hub.api('POST', `/conversations/${first?.conversationId}/messages`, { text: '1000 ₽' })
  await expect.poll(() => vendor.to('/messages.send').length, { timeout: 60_000 }).toBe(1)
  const [call] = vendor.to('/messages.send')
  expect(call?.fields).toMatchObject({ peer_ids: '700', message: '1000 ₽', access_token: token })
  expect(Number(call?.fields.random_id)).not.toBe(0)
  updates.push(event('message_reply', 'a2', message(700, sent, { from_id: -groupId, text: '1000 ₽', out: 1 })))
  updates.push(event('message_read', 'a3', { from_id: 700, peer_id: 700, read_message_id: 1, conversation_message_id: sent }))
  updates.push(event('message_reply', 'a4', message(700, sent + 1, { from_id: -groupId, text: 'Из приложения', out: 1, admin_author_id: 55 })))
  const told = async () =>
    (await entriesOf('Анна №700')).filter(({ direction }) => direction === 'outbound').map(({ text, status }) => `${text} ${status}`)
  await expect.poll(async () => (await told()).toSorted(), { timeout: 60_000 }).toEqual(['1000 ₽ read', 'Из приложения sent'])
}, 240_000)

it('by webhook: set up by itself, the confirmation string and "ok" to the letter, forgeries refused, a lead form is a lead', async () => {
  const channel = await hub.addChannel('vk', { token, groupId: String(groupId), apiRoot: vendor.url, mode: 'webhook' })
  const post = async (body: object) => {
    const response = await fetch(channel.hookUrl, { method: 'POST', body: JSON.stringify(body) })
    return { status: response.status, text: await response.text() }
  }
  expect((await post({ type: 'confirmation', group_id: groupId })).status).toBe(401)
  await hub.api('POST', `/channels/${channel.id}/webhook`)
  expect(await post({ type: 'confirmation', group_id: groupId })).toEqual({ status: 200, text: 'second-code' })
  const secret = vendor.to('/groups.addCallbackServer')[0]?.fields.secret_key
  expect(vendor.to('/groups.setCallbackSettings').at(-1)?.fields).toMatchObject({ server_id: '7', lead_forms_new: '1', message_new: '1' })

  const lead = event('lead_forms_new', 'b1', {
    lead_id: 9,
    user_id: 701,
    form_id: 3,
    form_name: 'Запись',
    answers: [
      { key: 'first_name', question: 'Имя', answer: 'Ольга' },
      { key: 'phone_number', question: 'Телефон', answer: '+7 999 123-45-67' },
    ],
  })
  expect((await post(lead)).status).toBe(401)
  expect((await post({ ...lead, secret: `${String(secret)}x` })).status).toBe(401)
  const answers = await Promise.all(Array.from({ length: 10 }, () => post({ ...lead, secret })))
  expect(answers).toEqual(answers.map(() => ({ status: 200, text: 'ok' })))
  await expect.poll(async () => (await entriesOf('Ольга')).map(({ kind, medium }) => `${kind} ${medium}`), { timeout: 60_000 }).toEqual(['form form'])
}, 240_000)
