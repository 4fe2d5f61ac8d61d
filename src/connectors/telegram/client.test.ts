import nock from 'nock'
import { afterAll, afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createClient, fileAddress } from './client.ts'

const token = '123456789:AAE-nock_token'

afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

it.each([
  ['https://127.0.0.1', '/bot'],
  ['http://127.0.0.1:8081/tg', '/tg/bot'],
  ['http://127.0.0.1:8081/tg/', '/tg/bot'],
])('calls %s where its methods and files are', async (apiRoot, prefix) => {
  const vendor = nock(new URL(apiRoot).origin)
    .post(`${prefix}${token}/getMe`)
    .reply(200, { ok: true, result: { username: 'x' } })
  expect(await createClient({ token, apiRoot })('getMe', {}, z.object({ username: z.string() }))).toEqual({ username: 'x' })
  expect(vendor.isDone()).toBe(true)
  expect(fileAddress({ token, apiRoot }, 'voice/1.ogg')).toBe(`${new URL(apiRoot).origin}${prefix.replace('bot', 'file/bot')}${token}/voice/1.ogg`)
})

it.each(['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED'])('knows that nothing was said when %s', async (code) => {
  nock('https://127.0.0.1')
    .post(/sendMessage/)
    .replyWithError(Object.assign(new Error(`no way to ${token}`), { code }))
  const error: unknown = await createClient({ token, apiRoot: 'https://127.0.0.1' })('sendMessage', {}, z.unknown()).catch(
    (failure: unknown) => failure,
  )
  expect(error).toMatchObject({ code: 'temporary' })
  expect(`${(error as Error).stack}${String((error as Error).cause)}`).not.toContain(token)
})

it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE'])('does not know what became of a message when %s, but may ask again who it is', async (code) => {
  nock('https://127.0.0.1')
    .post(/./)
    .times(2)
    .replyWithError(Object.assign(new Error('broken'), { code }))
  const call = createClient({ token, apiRoot: 'https://127.0.0.1' })
  await expect(call('sendMessage', {}, z.unknown())).rejects.toMatchObject({ code: 'outcome_unknown' })
  await expect(call('getMe', {}, z.unknown())).rejects.toMatchObject({ code: 'temporary' })
})

it('gives up when no answer comes in time', async () => {
  nock('https://127.0.0.1').post(/./).times(2).delay(2000).reply(200, { ok: true, result: {} })
  const call = createClient({ token, apiRoot: 'https://127.0.0.1' })
  await expect(call('sendMessage', {}, z.unknown(), { timeoutMs: 50 })).rejects.toMatchObject({ code: 'outcome_unknown' })
})

it('cannot say that a message failed when it was taken and only its id is missing', async () => {
  nock('https://127.0.0.1').post(/./).reply(200, { ok: true, result: {} })
  const call = createClient({ token, apiRoot: 'https://127.0.0.1' })
  await expect(call('sendMessage', {}, z.object({ message_id: z.number() }))).rejects.toMatchObject({ code: 'outcome_unknown' })
})
