import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiAnswer, type ApiCall, type FakeApi, fakeApi } from '../support/fake-api.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The whole program with an Avito of our own beside it: a message that no webhook brought, one that a webhook did, our answer, and an echo.

const account = 5001
const seconds = () => Math.floor(Date.now() / 1000)
let vendor: FakeApi
let hub: RunningHub
let unread: object[] = []
let tokens = 0

beforeAll(async () => {
  vendor = await fakeApi(answer)
  hub = await startRunningHub()
})

afterAll(async () => {
  await hub?.close()
  await vendor?.close()
})

function answer({ path, headers }: ApiCall): ApiAnswer {
  if (path === '/token') return { body: { access_token: `token-${++tokens}`, expires_in: 86_400 } }
  // The first token is revoked at once: a new one is asked for, and nobody notices.
  if (!/^Bearer token-(?!1$)/.test(headers.authorization ?? '')) return { status: 401, body: {} }
  if (path.endsWith('/accounts/self')) return { body: { id: account, name: 'Магазин' } }
  if (path.endsWith('/chats')) return { body: { chats: unread } }
  if (path.endsWith('/messages/')) return { body: { messages: [message('m-1', 9002, 'Ещё актуально?')] } }
  if (path.endsWith('/messages')) return { body: { id: 'm-3', created: seconds(), direction: 'out' } }
  return { body: { ok: true } }
}

function message(id: string, author: number, text: string) {
  return { id, author_id: author, created: seconds() + 60, type: 'text', content: { text } }
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

it('finds what no webhook brought, with the name; then webhook, answer and echo stand in one conversation, each once', async () => {
  const users = [{ id: account }, { id: 9002, name: 'Пётр Диванов' }]
  unread = [{ id: 'u2i-abc', users, context: { value: { id: 7, title: 'Диван' } }, last_message: message('m-1', 9002, 'Ещё актуально?') }]
  const { id, hookUrl } = await hub.addChannel('avito', { clientId: 'c', clientSecret: 'avito-flow-secret', apiRoot: vendor.url })
  await expect.poll(async () => (await entriesOf('Пётр Диванов')).map(({ text }) => text), { timeout: 60_000 }).toEqual(['Ещё актуально?'])

  await hub.api('POST', `/channels/${id}/webhook`)
  expect(new URL(String(vendor.to('/messenger/v3/webhook')[0]?.fields.url)).pathname).toBe(new URL(hookUrl).pathname)
  const post = async (body: object) => (await fetch(hookUrl, { method: 'POST', body: JSON.stringify(body) })).status
  const event = (about: object) => ({ id: 'wh', payload: { type: 'message', value: { ...about, chat_id: 'u2i-abc', user_id: account, item_id: 7 } } })
  expect(await post({})).toBe(200)
  expect(await post(event(message('m-1', 9002, 'Ещё актуально?')))).toBe(200)
  const second = event(message('m-2', 9002, 'Алло?'))
  expect(await Promise.all(Array.from({ length: 10 }, () => post(second)))).toEqual(Array.from({ length: 10 }, () => 200))
  await expect.poll(async () => (await entriesOf('Пётр Диванов')).length, { timeout: 60_000 }).toBe(2)

  const [entry] = await entriesOf('Пётр Диванов')
  await hub.api('POST', `/conversations/${entry?.conversationId}/messages`, { text: 'Да, приезжайте' })
  const outbound = async () => (await entriesOf('Пётр Диванов')).filter(({ direction }) => direction === 'outbound')
  await expect.poll(async () => (await outbound()).map(({ status }) => status), { timeout: 60_000 }).toEqual(['sent'])
  expect(vendor.to(`/messenger/v1/accounts/${account}/chats/u2i-abc/messages`).map(({ fields }) => fields)).toEqual([
    { type: 'text', message: { text: 'Да, приезжайте' } },
  ])
  expect(await post(event(message('m-3', account, 'Да, приезжайте')))).toBe(200)
  expect(await post(event(message('m-4', account, 'Написано в Авито')))).toBe(200)
  await expect
    .poll(async () => new Set((await outbound()).map(({ text }) => text)), { timeout: 60_000 })
    .toEqual(new Set(['Да, приезжайте', 'Написано в Авито']))
  expect(await outbound()).toHaveLength(2)
  expect(new Set((await entriesOf('Пётр Диванов')).map(({ conversationId }) => conversationId)).size).toBe(1)
}, 240_000)
