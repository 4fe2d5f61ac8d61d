import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeTelegram, fakeTelegram } from '../../../tests/support/fake-telegram.ts'
import type { Session } from '../../core/connector/connector.ts'
import type { ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { telegram } from './connector.ts'

const hookUrl = 'https://hub.example/hooks/telegram/k'
const now = new Date('2026-11-22T10:00:00Z')
const reports: ChannelHealth[] = []
const silent = () => undefined
const hub: Hub = {
  deliver: async () => undefined,
  report: (health) => void reports.push(health),
  state: { get: async () => undefined, set: async () => undefined },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  clock: { now: () => now },
  fetch: async (url) => fetch(url),
}
let vendor: FakeTelegram
let session: Session | undefined

beforeEach(async () => {
  vendor = await fakeTelegram()
  reports.length = 0
})
afterEach(async () => {
  await session?.close()
  await vendor.close()
})

function open(): void {
  const settings = telegram.settings.parse({ token: vendor.token, apiRoot: vendor.apiRoot, mode: 'webhook' })
  session = telegram.open?.({ id: 'c', key: 'k', settings, hookUrl }, hub)
}

it('registers the webhook as soon as Telegram is there, and blames nobody for its absence before', async () => {
  vendor.answer('getWebhookInfo', { error_code: 502, description: 'Bad Gateway' })
  open()
  await expect.poll(() => reports).toMatchObject([{ state: 'retrying', detail: { ru: expect.stringMatching(/[а-я]/) } }])
  vendor.restore('getWebhookInfo')
  expect((await vendor.called('setWebhook')).fields).toMatchObject({ url: hookUrl })
  await expect.poll(() => reports.at(-1)).toEqual({ state: 'ok' })
})

it('tells what keeps Telegram from delivering, and not what kept it last week', async () => {
  const failed = (ageSeconds: number) => ({
    result: {
      url: hookUrl,
      pending_update_count: 3,
      last_error_date: now.getTime() / 1000 - ageSeconds,
      last_error_message: 'Connection refused',
    },
  })
  vendor.answer('getWebhookInfo', failed(60))
  open()
  await expect.poll(() => reports[0]).toMatchObject({ state: 'attention', detail: { en: expect.stringContaining('Connection refused (3 waiting)') } })
  await session?.close()
  reports.length = 0
  vendor.answer('getWebhookInfo', failed(7 * 24 * 3600))
  open()
  await expect.poll(() => reports[0]).toEqual({ state: 'ok' })
})
