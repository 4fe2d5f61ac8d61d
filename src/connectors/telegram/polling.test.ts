import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeTelegram, fakeTelegram } from '../../../tests/support/fake-telegram.ts'
import type { Session } from '../../core/connector/connector.ts'
import type { DeliverOptions, RawDelivery } from '../../core/connector/delivery.ts'
import type { ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { telegram } from './connector.ts'

let vendor: FakeTelegram
let session: Session | undefined
let now: Date
const stored: { text: string; options: DeliverOptions | undefined }[] = []
const reports: ChannelHealth[] = []
const state = new Map<string, string>()
let store: (raw: RawDelivery) => Promise<void>

const silent = () => undefined
const hub: Hub = {
  async deliver(raw, options) {
    await store(raw)
    stored.push({ text: JSON.parse(Buffer.from(raw.body).toString()).message?.text, options })
    if (options?.cursor) state.set(options.cursor.name, options.cursor.value)
  },
  report: (health) => void reports.push(health),
  state: { get: async (name) => state.get(name), set: async (name, value) => void state.set(name, value) },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  clock: { now: () => now },
  fetch: async (url) => fetch(url),
}

beforeEach(async () => {
  vendor = await fakeTelegram()
  stored.length = 0
  reports.length = 0
  state.clear()
  now = new Date('2026-11-22T10:00:00Z')
  store = async () => undefined
})

afterEach(async () => {
  await session?.close()
  session = undefined
  await vendor.close()
})

function open(): void {
  const settings = telegram.settings.parse({ token: vendor.token, apiRoot: vendor.apiRoot })
  session = telegram.open?.({ id: 'c', key: 'k', settings, hookUrl: 'https://hub.example/hooks/telegram/k' }, hub)
}

function write(text: string): number {
  return vendor.push({ message: { message_id: 1, date: 1760000000, chat: { id: 5, type: 'private' }, from: { id: 5, first_name: 'A' }, text } })
}

it('stores every update before it asks for the next, with its key and cursor in one', async () => {
  const first = write('one')
  const last = write('two')
  open()
  await vendor.called('getUpdates', ({ fields }) => fields.offset === last + 1)
  expect(stored.map(({ text }) => text)).toEqual(['one', 'two'])
  expect(stored[0]?.options).toEqual({ dedupeKey: `${first}:1760000000`, cursor: { name: 'offset', value: `${first + 1} 2026-11-22T10:00:00.000Z` } })
  expect(reports).toEqual([{ state: 'ok' }])
})

it('asks for an update again when it could not be stored', async () => {
  let failures = 1
  store = async () => {
    failures -= 1
    if (failures >= 0) throw new Error('disk full')
  }
  const id = write('kept')
  open()
  await vendor.called('getUpdates', ({ fields }) => fields.offset === id + 1)
  expect(stored.map(({ text }) => text)).toEqual(['kept'])
  expect(reports.map((report) => report.state)).toEqual(['ok', 'retrying', 'ok'])
  const offsets = vendor.calls.filter(({ method }) => method === 'getUpdates').map(({ fields }) => fields.offset)
  expect(offsets.slice(0, 3)).toEqual([undefined, undefined, id + 1])
})

it('goes on where the last session stopped, but not with an offset older than a week of silence', async () => {
  state.set('offset', '777 2026-11-22T09:00:00.000Z')
  open()
  expect((await vendor.called('getUpdates')).fields.offset).toBe(777)
  await session?.close()
  vendor.calls.length = 0
  now = new Date('2026-11-30T10:00:00Z')
  open()
  expect((await vendor.called('getUpdates')).fields.offset).toBeUndefined()
})

it('answers a pressed button, so that it stops spinning', async () => {
  vendor.push({ callback_query: { id: 'q1', from: { id: 5, first_name: 'A' }, data: 'yes' } })
  open()
  expect((await vendor.called('answerCallbackQuery')).fields).toEqual({ callback_query_id: 'q1' })
})

it('removes a webhook of its own channel and polls', async () => {
  vendor.answer('getUpdates', () => ({ error_code: 409, description: "Conflict: can't use getUpdates method while webhook is active" }))
  vendor.answer('getWebhookInfo', { result: { url: 'https://hub.example/hooks/telegram/k' } })
  open()
  await vendor.called('deleteWebhook')
  vendor.restore('getUpdates')
  const id = write('after')
  await vendor.called('getUpdates', ({ fields }) => fields.offset === id + 1)
  expect(reports.at(-1)).toEqual({ state: 'ok' })
})

it.each([
  ["Conflict: can't use getUpdates method while webhook is active", /other\.example/],
  ['Conflict: terminated by other getUpdates request', /Another program polls/],
])('says in words who takes the messages: %s', async (description, words) => {
  vendor.answer('getUpdates', { error_code: 409, description })
  vendor.answer('getWebhookInfo', { result: { url: 'https://other.example/secret-path' } })
  open()
  await expect.poll(() => reports[0]).toMatchObject({ state: 'attention', detail: { en: expect.stringMatching(words) } })
  expect(vendor.calls.map(({ method }) => method)).not.toContain('deleteWebhook')
  expect(JSON.stringify(reports)).not.toContain('secret-path')
})

it('says that the token is wrong, and keeps quiet about it', async () => {
  vendor.answer('getUpdates', { error_code: 401, description: 'Unauthorized' })
  open()
  await expect.poll(() => reports[0]).toMatchObject({ state: 'attention', detail: { en: expect.stringMatching(/token/) } })
  expect(JSON.stringify(reports)).not.toContain(vendor.token)
})

it('closes at once while a question waits for its answer', async () => {
  open()
  await vendor.called('getUpdates')
  const startedAt = performance.now()
  await session?.close()
  expect(performance.now() - startedAt).toBeLessThan(20_000)
})
