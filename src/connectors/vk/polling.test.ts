import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiAnswer, type ApiCall, type FakeApi, fakeApi } from '../../../tests/support/fake-api.ts'
import type { Session } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { vk } from './connector.ts'

let vendor: FakeApi
let session: Session | undefined
/** Answers of the long poll, in order; then nothing new. */
let polls: object[]
const delivered: { profile?: { first_name?: string }; found?: boolean; object: { message: { text: string } } }[] = []
const state = new Map<string, string>()
const silent = () => undefined
const hub: Hub = {
  async deliver({ body }, options) {
    delivered.push(JSON.parse(Buffer.from(body).toString()) as (typeof delivered)[number])
    if (options?.cursor) state.set(options.cursor.name, options.cursor.value)
  },
  report: silent,
  state: { get: async (name) => state.get(name), set: async (name, value) => void state.set(name, value) },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  clock: { now: () => new Date('2026-11-22T10:00:00Z') },
  fetch: (url, { untrusted: _untrusted, timeoutMs: _timeoutMs, ...init } = {}) => fetch(url, init),
}

beforeEach(async () => {
  vendor = await fakeApi(answer)
  polls = []
  delivered.length = 0
  state.clear()
})
afterEach(async () => {
  await session?.close()
  await vendor.close()
})

const anna = { id: 700, first_name: 'Анна' }
const message = (number: number, text: string) => ({
  id: number,
  date: Date.parse('2026-11-22T10:00:05Z') / 1000,
  peer_id: anna.id,
  from_id: anna.id,
  text,
  conversation_message_id: number,
})

function answer({ path }: ApiCall): ApiAnswer {
  const said = (response: unknown): ApiAnswer => ({ body: { response } })
  if (path === '/lp') return { body: polls.shift() ?? { ts: '99', updates: [] } }
  if (path === '/groups.getLongPollServer') return said({ key: 'k', server: `${vendor.url}/lp`, ts: '50' })
  if (path === '/users.get') return said([anna])
  if (path === '/messages.getConversations') return said({ items: [{ last_message: { ...message(7, 'пропущенное'), out: 0 } }], profiles: [anna] })
  return said(1)
}

function open(): void {
  const settings = vk.settings.parse({ token: 'vk1.a.token', groupId: '1234', apiRoot: vendor.url })
  session = vk.open?.({ id: 'c', key: 'k', settings, hookUrl: 'https://hub.example/hooks/vk/k' }, hub)
}

const event = (number: number, text: string) => ({
  type: 'message_new',
  group_id: 1234,
  event_id: `e${number}`,
  object: { message: message(number, text) },
})

it('asks for the name of a person once, however many messages he sends', async () => {
  polls = [
    { ts: '2', updates: [event(1, 'раз')] },
    { ts: '3', updates: [event(2, 'два'), event(3, 'три')] },
  ]
  open()
  await expect.poll(() => delivered.map(({ profile }) => profile?.first_name)).toEqual(['Анна', 'Анна', 'Анна'])
  expect(vendor.to('/users.get')).toHaveLength(1)
  expect(vendor.to('/messages.getConversations')).toEqual([])
})

it.each([{ failed: 1, ts: 60 }, { failed: 3 }])(
  'looks through the conversations when VK says that some of what happened is lost: %o',
  async (lost) => {
    state.set('ts', '5')
    polls = [lost]
    open()
    await expect.poll(() => delivered).toMatchObject([{ found: true, profile: anna, object: { message: { text: 'пропущенное' } } }])
    await expect
      .poll(() =>
        vendor
          .to('/lp')
          .slice(0, 2)
          .map(({ query }) => query.ts),
      )
      .toEqual(['5', lost.ts === undefined ? '50' : '60'])
  },
)
