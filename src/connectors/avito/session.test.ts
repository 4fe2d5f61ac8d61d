import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiCall, type FakeApi, fakeApi } from '../../../tests/support/fake-api.ts'
import type { Session } from '../../core/connector/connector.ts'
import type { ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { avito } from './connector.ts'

const now = new Date('2026-11-22T10:00:00Z')
const account = 5001
const delivered: string[] = []
const reports: ChannelHealth[] = []
const state = new Map<string, string>()
const silent = () => undefined
const hub: Hub = {
  deliver: async (_raw, options) => void delivered.push(options?.dedupeKey ?? ''),
  report: (health) => void reports.push(health),
  state: { get: async (name) => state.get(name), set: async (name, value) => void state.set(name, value) },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  clock: { now: () => now },
  fetch: (url, { untrusted: _untrusted, timeoutMs: _timeoutMs, ...init } = {}) => fetch(url, init),
}
let vendor: FakeApi
let session: Session | undefined

beforeEach(async () => {
  vendor = await fakeApi(answer)
})
afterEach(async () => {
  await session?.close()
  await vendor.close()
})

const message = (id: string) => ({ id, author_id: 9002, created: now.getTime() / 1000, type: 'text', content: { text: id } })
const chat = (id: string) => ({ id, users: [], last_message: message(`last-of-${id}`) })

function answer({ path }: ApiCall) {
  if (path === '/token') return { body: { access_token: 'token', expires_in: 86_400 } }
  if (path.endsWith('/self')) return { body: { id: account } }
  if (path.endsWith('/chats')) return { body: { chats: [chat('gone'), chat('here')] } }
  return path.includes('/gone/') ? { status: 404, body: {} } : { body: { messages: [message('m-1')] } }
}

it('a chat that Avito no longer shows does not hide those behind it', async () => {
  const settings = avito.settings.parse({ clientId: 'c', clientSecret: 's', apiRoot: vendor.url })
  session = avito.open?.({ id: 'c', key: 'k', settings, hookUrl: 'https://hub.example/hooks/avito/k' }, hub)
  await expect.poll(() => delivered).toEqual(['found:here:last-of-here'])
  await expect.poll(() => reports).toEqual([{ state: 'ok' }])
})
