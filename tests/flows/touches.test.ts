import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiHub, type CallOptions, startApiHub } from '../support/api-hub.ts'
import { addChannel, addContact, addConversation } from '../support/cards.ts'

let hub: ApiHub
let channelId: string
let anna: { id: string; cookie: string }
beforeAll(async () => {
  hub = await startApiHub()
  channelId = await addChannel(hub.deps.pool)
  const user = await hub.makeUser('operator')
  anna = { id: user.id, cookie: await hub.signIn(user.email, user.password) }
})
afterAll(() => hub.close())

const call = (method: string, path: string, body?: object, more: CallOptions = {}) =>
  hub.call(method, path, { cookie: anna.cookie, ...(body && { body }), ...more })
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

async function client(waitsFor: number) {
  const contactId = await addContact(hub.deps.pool, 'Client')
  const id = await addConversation(hub.deps.pool, { contactId, channelId, waitingSince: new Date(minutesAgo(waitsFor)) })
  return { contactId, waits: async () => (await call('GET', `/conversations/${id}`)).body.waitingSince !== null }
}

it('lets the client leave the waiting list when he was answered, as far as he waited already then', async () => {
  const { contactId, waits } = await client(30)
  const log = (touch: object) => call('POST', `/contacts/${contactId}/touches`, { medium: 'voice', ...touch })
  expect((await log({ direction: 'inbound' })).status).toBe(201)
  expect(await waits()).toBe(true)
  await log({ direction: 'outbound', at: minutesAgo(60) })
  expect(await waits()).toBe(true)
  const made = await log({ direction: 'outbound', at: minutesAgo(10), note: 'Agreed on Friday' })
  expect(made.body).toMatchObject({
    kind: 'event',
    medium: 'voice',
    direction: 'outbound',
    authorId: anna.id,
    text: 'Agreed on Friday',
    conversationId: null,
  })
  expect(await waits()).toBe(false)
})

it('brings the waiting back when it is undone or was not that way, and keeps what it was', async () => {
  const { contactId, waits } = await client(30)
  const made = await call('POST', `/contacts/${contactId}/touches`, { medium: 'visit', direction: 'outbound', note: 'He came' })
  const { id } = made.body
  expect(await waits()).toBe(false)
  expect((await call('PATCH', `/touches/${id}`, { direction: 'inbound', note: 'He came by' })).body.text).toBe('He came by')
  expect(await waits()).toBe(true)
  await call('PATCH', `/touches/${id}`, { answered: true })
  expect(await waits()).toBe(false)
  expect((await call('DELETE', `/touches/${id}`)).body.deletedAt).not.toBeNull()
  expect(await waits()).toBe(true)
  const { items } = (await call('GET', `/touches/${id}/history`)).body
  expect(
    items.map((one: { cause: string; content: { note: string; direction: string } }) => [one.cause, one.content.note, one.content.direction]),
  ).toEqual([
    ['undo', 'He came by', 'inbound'],
    ['edit', 'He came by', 'inbound'],
    ['edit', 'He came', 'outbound'],
  ])
  expect(new Set(items.map((one: { userId: string }) => one.userId))).toEqual(new Set([items[0].userId]))
  expect(items[0].userId).toMatch(/^[0-9a-f-]{36}$/)
  expect((await call('DELETE', `/touches/${id}`)).status).toBe(404)
})

it('does not let him wait again who was answered in the meantime', async () => {
  const { contactId, waits } = await client(30)
  const log = () => call('POST', `/contacts/${contactId}/touches`, { medium: 'voice', direction: 'outbound' })
  const first = await log()
  await log()
  await call('DELETE', `/touches/${first.body.id}`)
  expect(await waits()).toBe(false)
})

it('makes a task of the next step', async () => {
  const { contactId } = await client(5)
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  await call('POST', `/contacts/${contactId}/touches`, { medium: 'post', direction: 'inbound', nextStep: { title: 'Answer the letter', dueAt } })
  const { items } = (await call('GET', `/tasks?contactId=${contactId}`)).body
  expect(items).toMatchObject([{ title: 'Answer the letter', dueAt, assigneeId: anna.id }])
})

it('refuses the future, results on no list, a medium that is no word, and cards that one may not see', async () => {
  const { contactId } = await client(5)
  const status = async (touch: object, id = contactId) =>
    (await call('POST', `/contacts/${id}/touches`, { medium: 'visit', direction: 'inbound', ...touch })).status
  expect(await status({ at: minutesAgo(-10) })).toBe(400)
  expect(await status({ disposition: 'Flew away' })).toBe(400)
  expect(await status({ medium: '<b>' })).toBe(400)
  expect(await status({ disposition: 'Agreed' })).toBe(201)
  const narrow = await hub.makeUser('operator', { ownClientsOnly: true })
  const cookie = await hub.signIn(narrow.email, narrow.password)
  expect((await call('POST', `/contacts/${contactId}/touches`, { medium: 'visit', direction: 'inbound' }, { cookie })).status).toBe(404)
})

it('has results by team, which managers write', async () => {
  const { key } = await hub.makeKey('manager')
  const team = await hub.call('POST', '/teams', { key, body: { name: 'Sales' } })
  expect((await call('PUT', '/dispositions', { teamId: null, names: ['Sold'] })).status).toBe(403)
  const save = (teamId: string | null, names: string[]) => hub.call('PUT', '/dispositions', { key, body: { teamId, names } })
  await save(null, ['Agreed', 'Sold', 'Sold'])
  const lists = (await save(team.body.id, ['Measured'])).body.items
  expect(lists).toEqual([
    { teamId: null, names: ['Agreed', 'Sold'] },
    { teamId: team.body.id, names: ['Measured'] },
  ])
  expect((await save(team.body.id, [])).body.items).toHaveLength(1)
})
