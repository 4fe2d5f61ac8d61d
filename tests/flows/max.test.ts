import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiAnswer, type ApiCall, type FakeApi, fakeApi } from '../support/fake-api.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The whole program with a MAX of our own beside it: polling with a file out, and the webhook that is made anew when MAX has dropped it.

const token = 'max-flow-token'
const updates: object[] = []
const subscribed: Record<string, unknown>[] = []
let vendor: FakeApi
let hub: RunningHub
let refusals = 1

beforeAll(async () => {
  vendor = await fakeApi(answer)
  hub = await startRunningHub()
})

afterAll(async () => {
  await hub?.close()
  await vendor?.close()
})

async function answer({ method, path, fields }: ApiCall): Promise<ApiAnswer> {
  switch (`${method} ${path}`) {
    case 'GET /subscriptions':
      return { body: { subscriptions: subscribed } }
    case 'POST /subscriptions':
      subscribed.push(fields)
      return { body: { success: true } }
    case 'GET /updates':
      for (let waited = 0; updates.length === 0 && waited < 20; waited += 1) await new Promise((done) => setTimeout(done, 50))
      return { body: { updates: updates.splice(0), marker: 7 } }
    case 'POST /uploads':
      return { body: { url: `${vendor.url}/put` } }
    case 'POST /put':
      return { body: { photos: { a: { token: 'photo-token' } } } }
    case 'POST /messages':
      if (refusals-- > 0) return { status: 400, body: { code: 'attachment.not.ready', message: 'not yet' } }
      return { body: { message: { body: { mid: 'mid.sent', seq: 1 } } } }
    default:
      return { body: { user_id: 202, first_name: 'Bot', username: 'okna_bot', is_bot: true } }
  }
}

interface Entry {
  direction: string | null
  status: string | null
  text: string | null
  conversationId: string
}

async function entriesOf(query: string): Promise<Entry[]> {
  const [contact] = (await hub.api<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent(query)}`)).items
  if (!contact) return []
  return (await hub.api<{ items: Entry[] }>('GET', `/contacts/${contact.id}/timeline?limit=50`)).items
}

function created(mid: string, person: { user_id: number; first_name: string }, body: object) {
  const message = { sender: person, recipient: { chat_id: 9001, chat_type: 'dialog', user_id: 202 }, timestamp: Date.now(), body: { mid, ...body } }
  return { update_type: 'message_created', timestamp: Date.now(), user_locale: 'ru', message }
}

it('by polling: a stranger with his own phone is one card, and a photo goes out once it is ready', async () => {
  await hub.addChannel('max', { token, apiRoot: vendor.url })
  const anna = { user_id: 101, first_name: 'Анна' }
  const vcard = 'BEGIN:VCARD\r\nTEL;TYPE=cell:79991234567\r\nFN:Анна\r\nEND:VCARD\r\n'
  const text = `Добрый день ${'🙂'.repeat(500)} שלום`
  updates.push(created('mid.1', anna, { text }))
  updates.push(created('mid.1', anna, { text }))
  updates.push(created('mid.2', anna, { attachments: [{ type: 'contact', payload: { vcf_info: vcard, max_info: anna } }] }))
  await expect.poll(async () => (await entriesOf('8 999 123-45-67')).length, { timeout: 60_000 }).toBe(2)
  const [last] = await entriesOf('Анна')
  expect((await entriesOf('Анна')).map((entry) => entry.text)).toContain(text)
  const form = new FormData()
  form.set('file', new File(['png'], 'plan.png', { type: 'image/png' }))
  const uploaded = await fetch(`${hub.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: 'Bearer administrator-key-of-the-tests-0123456789' },
    body: form,
  })
  const { id } = (await uploaded.json()) as { id: string }
  await hub.api('POST', `/conversations/${last?.conversationId}/messages`, { text: 'вот план', attachments: [id] })
  const outbound = async () => (await entriesOf('Анна')).filter(({ direction }) => direction === 'outbound').map(({ status }) => status)
  await expect.poll(outbound, { timeout: 60_000 }).toEqual(['sent'])
  expect(vendor.to('/messages')).toHaveLength(2)
  expect(vendor.to('/messages').at(-1)).toMatchObject({
    query: { user_id: '101' },
    headers: { authorization: token },
    fields: { text: 'вот план', attachments: [{ type: 'image', payload: { token: 'photo-token' } }] },
  })
}, 240_000)

it('by webhook: subscribed by itself, only with its secret, ten times the same is one message', async () => {
  const { hookUrl } = await hub.addChannel('max', { token, apiRoot: vendor.url, mode: 'webhook' })
  await expect.poll(() => subscribed.length, { timeout: 60_000 }).toBe(1)
  const post = async (body: object, secret: string) =>
    (await fetch(hookUrl, { method: 'POST', headers: { 'x-max-bot-api-secret': secret }, body: JSON.stringify(body) })).status
  const update = created('mid.9', { user_id: 103, first_name: 'Ольга' }, { text: 'Вы открыты?' })
  expect(await post(update, 'wrong')).toBe(401)
  const secret = String(subscribed[0]?.secret)
  expect(await Promise.all(Array.from({ length: 10 }, () => post(update, secret)))).toEqual(Array.from({ length: 10 }, () => 200))
  await expect.poll(async () => (await entriesOf('Ольга')).map(({ text }) => text), { timeout: 60_000 }).toEqual(['Вы открыты?'])
}, 240_000)
