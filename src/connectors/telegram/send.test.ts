import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeTelegram, fakeTelegram } from '../../../tests/support/fake-telegram.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { SendablePart } from '../../core/connector/outgoing.ts'
import { telegram } from './connector.ts'
import { fetchMedia } from './media.ts'
import type { PartData } from './outbound.ts'
import { send } from './send.ts'
import type { Settings } from './settings.ts'

let vendor: FakeTelegram

beforeEach(async () => {
  vendor = await fakeTelegram()
})

afterEach(() => vendor.close())

function channel() {
  const settings: Settings = { token: vendor.token, apiRoot: vendor.apiRoot, mode: 'polling' }
  return { id: 'c', key: 'k', settings, hookUrl: 'https://hub.example/hooks/telegram/k' }
}

function part(data: PartData, content?: string, name = 'Счёт "5".pdf'): SendablePart {
  const file = { id: 'f', name, type: 'application/pdf', size: 3, read: async () => Buffer.from(content ?? ''), publicLink: () => '' }
  return { data, files: content === undefined ? [] : [file], idempotencyKey: 'k' }
}

const silent = () => undefined
const hub: Hub = {
  deliver: async () => undefined,
  report: silent,
  state: { get: async () => undefined, set: async () => undefined },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  clock: { now: () => new Date() },
  fetch: async (url) => fetch(url),
}

it('sends a text as an answer and names what came of it', async () => {
  const sent = await send(part({ method: 'sendMessage', chatId: '5551', text: 'Да', replyToMessageId: 42 }), channel())
  expect(sent).toEqual({ externalId: '5551:501' })
  expect(vendor.calls[0]?.fields).toEqual({
    chat_id: '5551',
    text: 'Да',
    reply_parameters: '{"message_id":42,"allow_sending_without_reply":true}',
  })
})

it('uploads a file with its name, its caption and the message it answers', async () => {
  await send(part({ method: 'sendDocument', chatId: '5551', text: 'Счёт', replyToMessageId: 42 }, 'содержимое'), channel())
  expect(vendor.calls[0]).toEqual({
    method: 'sendDocument',
    fields: expect.objectContaining({
      chat_id: '5551',
      caption: 'Счёт',
      reply_parameters: '{"message_id":42,"allow_sending_without_reply":true}',
      document: { filename: 'Счёт _5_.pdf', content: 'содержимое' },
    }),
  })
})

it('writes through the business account where the client wrote', async () => {
  const sent = await send(part({ method: 'sendMessage', chatId: '6001', text: 'hi', businessConnectionId: 'bc_1' }), channel())
  expect(sent.externalId).toBe('bc_1:6001:501')
  expect(vendor.calls[0]?.fields).toMatchObject({ business_connection_id: 'bc_1' })
})

it('sends a picture that Telegram does not want to show as a document', async () => {
  vendor.answer('sendPhoto', { error_code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' })
  await send(part({ method: 'sendPhoto', chatId: '5551', text: 'plan' }, 'png', 'plan.png'), channel())
  expect(vendor.calls.map(({ method }) => method)).toEqual(['sendPhoto', 'sendDocument'])
  expect(vendor.calls[1]?.fields).toMatchObject({ caption: 'plan', document: { filename: 'plan.png', content: 'png' } })
})

it('never repeats a call whose end is unclear', async () => {
  vendor.answer('sendPhoto', 'cut')
  await expect(send(part({ method: 'sendPhoto', chatId: '5551' }, 'png', 'plan.png'), channel())).rejects.toMatchObject({ code: 'outcome_unknown' })
  expect(vendor.calls).toHaveLength(1)
})

it('fetches a file, and says in words when it is too big for a bot', async () => {
  vendor.files.set('VOICE', Buffer.from('ogg'))
  expect(Buffer.from((await fetchMedia('VOICE', channel(), hub)).bytes).toString()).toBe('ogg')
  vendor.answer('getFile', { error_code: 400, description: 'Bad Request: file is too big' })
  await expect(fetchMedia('VIDEO', channel(), hub)).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/20 MB/) })
})

it('fetches the largest of the present pictures of a person, and says when he shows none', async () => {
  const size = (file_id: string, width: number) => ({ file_id, width })
  vendor.answer('getUserProfilePhotos', { result: { total_count: 2, photos: [[size('SMALL', 160), size('BIG', 640)], [size('OLD', 640)]] } })
  vendor.files.set('BIG', Buffer.from('jpeg'))
  expect(Buffer.from((await fetchMedia('profile:5551', channel(), hub)).bytes).toString()).toBe('jpeg')
  expect((await vendor.called('getUserProfilePhotos')).fields).toEqual({ user_id: 5551, limit: 1 })
  vendor.restore('getUserProfilePhotos')
  await expect(fetchMedia('profile:5552', channel(), hub)).rejects.toMatchObject({ code: 'rejected' })
})

it('a file that is gone is no fault of the token: it is told as gone, in both languages', async () => {
  const error: unknown = await fetchMedia('GONE', channel(), hub).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'rejected', words: { ru: expect.stringMatching(/[а-я]/) } })
})

it('says in words when a local server keeps its files to itself', async () => {
  vendor.answer('getFile', { result: { file_path: '/var/lib/telegram-bot-api/voice/1.ogg' } })
  await expect(fetchMedia('VOICE', channel(), hub)).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/--local/) })
})

it('never tells the token when a file cannot be fetched', async () => {
  const broken: Hub = { ...hub, fetch: async (url) => Promise.reject(new Error(`could not reach ${url}`)) }
  const error: unknown = await fetchMedia('GONE', channel(), broken).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'temporary' })
  expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain(vendor.token)
})

it('is checked by getMe and tells the name of the bot', async () => {
  expect(await telegram.check(channel().settings, hub)).toEqual({ ok: true, detail: '@fake_hub_bot' })
})
