import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeTelegram, fakeTelegram } from '../../../tests/support/fake-telegram.ts'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import { type Settings, settings as schema, webhookSecret } from './settings.ts'
import { dedupeKey, reply, setUpWebhook, verify } from './webhook.ts'

let vendor: FakeTelegram

beforeEach(async () => {
  vendor = await fakeTelegram()
})

afterEach(() => vendor.close())

function channel(more: Partial<Settings> = {}) {
  const settings = { ...schema.parse({ token: vendor.token, apiRoot: vendor.apiRoot }), ...more }
  return { id: 'c', key: 'k', settings, hookUrl: 'https://hub.example/hooks/telegram/k' }
}

function request(body: object, secret?: string): RawDelivery {
  const headers = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }
  return { method: 'POST', path: '', query: '', headers: { ...headers }, body: Buffer.from(JSON.stringify(body)) }
}

it('lets in exactly what carries the secret that was given to Telegram', async () => {
  await setUpWebhook(channel({ mode: 'webhook' }))
  const { fields } = await vendor.called('setWebhook')
  expect(fields).toMatchObject({
    url: 'https://hub.example/hooks/telegram/k',
    allowed_updates: expect.arrayContaining(['message', 'message_reaction']),
  })
  const given = String(fields.secret_token)
  expect(given).toMatch(/^[\w-]{32,256}$/)
  expect(verify(request({}, given), channel())).toEqual({ is: 'ok' })
  expect(verify({ ...request({}, given), method: 'GET' }, channel())).toMatchObject({ is: 'refused' })
  expect(verify(request({}), channel())).toMatchObject({ is: 'refused' })
  expect(verify(request({}, `${given}0`), channel())).toMatchObject({ is: 'refused' })
})

it('has another secret for another token, and the one of the settings when there is one', () => {
  const one = webhookSecret(channel().settings)
  expect(webhookSecret(channel({ token: '987654321:other' }).settings)).not.toBe(one)
  expect(webhookSecret(channel({ webhookSecret: 'chosen-by-the-admin' }).settings)).toBe('chosen-by-the-admin')
})

it('sets no webhook while polling, which a webhook would break', async () => {
  await setUpWebhook(channel())
  expect(vendor.calls).toEqual([])
})

it('answers a pressed button in the reply, and anything else with an empty 200', () => {
  const pressed = reply(request({ update_id: 1, callback_query: { id: 'q1', from: { id: 5 }, data: 'yes' } }))
  expect(pressed).toMatchObject({ status: 200, body: '{"method":"answerCallbackQuery","callback_query_id":"q1"}' })
  expect(reply(request({ update_id: 2, message: {} }))).toEqual({ status: 200 })
})

it('knows an update again by its number and time, since numbers start anew after a quiet week', () => {
  const first = dedupeKey(request({ update_id: 7, message: { date: 100 } }))
  expect(dedupeKey(request({ update_id: 7, message: { date: 100 } }))).toBe(first)
  expect(dedupeKey(request({ update_id: 7, message: { date: 999 } }))).not.toBe(first)
  expect(dedupeKey(request({ update_id: 8, callback_query: { id: 'q' } }))).toBe('8')
  expect(dedupeKey(request({ no: 'update' }))).toBeUndefined()
})
