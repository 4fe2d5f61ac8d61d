import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { VisitorHistory, VisitorSession } from '../../api/contract/visitors.ts'
import { Chat } from './chat.ts'

// The hub of these tests knows people by what the site says of them, and what each has read.

const said: Record<string, string> = { 'token of u-anna': 'Ваш договор 4417', 'token of v-1': 'Здравствуйте' }
let posted: { url: string; token: string }[]
/** What holds up those whom nobody names. */
let slow: Promise<void> | undefined

beforeEach(() => {
  posted = []
  slow = undefined
  vi.stubGlobal('fetch', answer)
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('document', { title: 'Shop', referrer: '' })
  vi.stubGlobal('location', { href: 'https://shop.example/', search: '' })
  vi.stubGlobal(
    'WebSocket',
    class {
      close(): void {}
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

async function answer(url: string, init: RequestInit): Promise<Response> {
  if (url.includes('/hooks/')) {
    posted.push({ url, token: new Headers(init.headers).get('authorization') ?? '' })
    return Response.json({ ok: true })
  }
  const { token = '', identity } = JSON.parse(String(init.body)) as { token?: string; identity?: { userId: string } }
  if (url.endsWith('/session')) {
    if (!identity) await slow
    const visitorId = identity ? `u-${identity.userId}` : 'v-1'
    return Response.json({ token: `token of ${visitorId}`, visitorId, isOnline: true, opensAt: null } satisfies VisitorSession)
  }
  const text = said[token]
  const item = { id: token, ownId: null, isOwn: false, text: text ?? '', at: '2026-11-22T10:00:00.000Z', author: null, isRead: false, files: [] }
  return Response.json({ items: text === undefined ? [] : [item], before: text === undefined ? null : 'older', after: null } satisfies VisitorHistory)
}

const open = () => new Chat({ base: 'https://hub.example', key: 'k' }, 'ru', () => undefined)
const texts = (chat: Chat) => chat.messages.list().map(({ text }) => text)

test('who is signed in after another reads nothing of his, and says nothing as him', async () => {
  const chat = open()
  await chat.identify({ userId: 'anna' })
  chat.storage.save({ profile: { phone: '+7 916 000-00-01' }, draft: 'Мой пароль' })
  expect(texts(chat)).toEqual(['Ваш договор 4417'])
  await chat.identify({ userId: 'boris' })
  expect(texts(chat)).toEqual([])
  expect(chat).toMatchObject({ hasEarlier: false, unread: 0 })
  expect(chat.storage.kept).toEqual({ token: 'token of u-boris', visitorId: 'u-boris' })
  expect(posted).toEqual([])
})

test('who wrote unknown keeps what he wrote once his site names him, and his card is told', async () => {
  const chat = open()
  await chat.open()
  await chat.identify({ userId: 'anna' })
  expect(texts(chat)).toContain('Здравствуйте')
  expect(posted).toEqual([{ url: expect.stringContaining('visitor=v-1&'), token: 'Bearer token of u-anna' }])
})

test('after signing out nothing is left, the way to older messages included', async () => {
  const chat = open()
  await chat.identify({ userId: 'anna' })
  expect(chat.hasEarlier).toBe(true)
  chat.logout()
  expect(texts(chat)).toEqual([])
  expect(chat).toMatchObject({ hasEarlier: false, isKnown: false })
})

test('who is named while the chat is still being opened stays named', async () => {
  const held = Promise.withResolvers<void>()
  slow = held.promise
  const chat = open()
  const opening = chat.open()
  const named = chat.identify({ userId: 'anna' })
  held.resolve()
  await Promise.all([opening, named])
  expect(chat.storage.kept.visitorId).toBe('u-anna')
  expect(texts(chat)).toContain('Ваш договор 4417')
})

test.each(['/session', '/history'])('what %s was asked when somebody signed out does not come in behind him', async (path) => {
  const chat = open()
  await chat.identify({ userId: 'anna' })
  const asked = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url.endsWith(path)) {
      asked.resolve()
      await held.promise
    }
    return answer(url, init)
  })
  const naming = chat.identify({ userId: 'anna' })
  await asked.promise
  chat.logout()
  held.resolve()
  await naming
  expect(texts(chat)).toEqual([])
  expect(chat.isKnown).toBe(false)
})
