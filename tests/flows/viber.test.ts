import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeApi, fakeApi } from '../support/fake-api.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The whole program with a Viber of our own beside it. Its tokens have 64 bits: two that differ in the last digit are two messages.

const token = 'viber-flow-key'
let vendor: FakeApi
let hub: RunningHub

beforeAll(async () => {
  vendor = await fakeApi(({ path }) =>
    path === '/pa/send_message'
      ? { body: '{"status":0,"status_message":"ok","message_token":5741311803571721999}' }
      : { body: { status: 0, status_message: 'ok', name: 'Окна' } },
  )
  hub = await startRunningHub()
})

afterAll(async () => {
  await hub?.close()
  await vendor?.close()
})

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

it('keeps 64-bit tokens exact: two messages, one answer, and the receipt that names it finds it', async () => {
  const { id, hookUrl } = await hub.addChannel('viber', { token, apiRoot: vendor.url })
  const post = async (body: string, signature = createHmac('sha256', token).update(body).digest('hex')) =>
    (await fetch(hookUrl, { method: 'POST', headers: { 'x-viber-content-signature': signature }, body })).status
  await hub.api('POST', `/channels/${id}/webhook`)
  expect(vendor.to('/pa/set_webhook')[0]).toMatchObject({ headers: { 'x-viber-auth-token': token }, fields: { send_name: true } })
  expect(await post('{"event":"webhook","timestamp":1760000000000,"message_token":5741311803571721000}')).toBe(200)

  const said = (number: string, text: string) =>
    `{"event":"message","timestamp":${Date.now()},"message_token":${number},"sender":{"id":"01234567890A=","name":"Olena"},"message":{"type":"text","text":"${text}"}}`
  expect(await post(said('5741311803571721087', 'one'), 'forged')).toBe(401)
  expect(await post(said('5741311803571721087', 'one'))).toBe(200)
  expect(await post(said('5741311803571721088', 'two'))).toBe(200)
  expect(await post(said('5741311803571721088', 'two'))).toBe(200)
  await expect.poll(async () => (await entriesOf('Olena')).map(({ text }) => text), { timeout: 60_000 }).toHaveLength(2)
  expect(new Set((await entriesOf('Olena')).map(({ text }) => text))).toEqual(new Set(['one', 'two']))

  const [entry] = await entriesOf('Olena')
  await hub.api('POST', `/conversations/${entry?.conversationId}/messages`, { text: 'hello' })
  const outbound = async () => (await entriesOf('Olena')).find(({ direction }) => direction === 'outbound')?.status
  await expect.poll(outbound, { timeout: 60_000 }).toBe('sent')
  expect(vendor.to('/pa/send_message')).toHaveLength(1)
  expect(await post(`{"event":"seen","timestamp":${Date.now()},"message_token":5741311803571721998,"user_id":"01234567890A="}`)).toBe(200)
  expect(await post(`{"event":"seen","timestamp":${Date.now()},"message_token":5741311803571721999,"user_id":"01234567890A="}`)).toBe(200)
  await expect.poll(outbound, { timeout: 60_000 }).toBe('read')
}, 240_000)
