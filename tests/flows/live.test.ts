import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction, type Pool } from '../../src/core/database/pool.ts'
import { appendLiveEvents } from '../../src/core/realtime/append-live-events.ts'
import type { LiveItem } from '../../src/core/realtime/live-event.ts'
import { currentCursor } from '../../src/core/realtime/read-live-events.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { testDatabase } from '../support/database.ts'

let hub: ApiHub
beforeAll(async () => {
  hub = await startApiHub()
})
afterAll(() => hub.close())

/** A console that keeps what it got and where it stands, as any client should. */
function openConsole(options: { token?: string; cookie?: string }) {
  const items: LiveItem[] = []
  const refusals: string[] = []
  let cursor: string | undefined
  const socket: Socket = io(hub.url, {
    transports: ['websocket'],
    reconnectionDelay: 1,
    reconnectionDelayMax: 5,
    forceNew: true,
    ...(options.cookie ? { extraHeaders: { cookie: options.cookie } } : {}),
    auth: (give) => give({ ...(options.token ? { token: options.token } : {}), ...(cursor ? { cursor } : {}) }),
  })
  const hello = new Promise<void>((resolve) => {
    socket.on('hello', (welcome: { cursor: string }) => {
      cursor ??= welcome.cursor
      resolve()
    })
  })
  socket.on('live', (page: { items: LiveItem[]; cursor: string }) => {
    items.push(...page.items)
    cursor = page.cursor
  })
  socket.on('connect_error', (error) => refusals.push(error.message))
  return { socket, items, hello, refusals }
}

async function until(condition: () => boolean, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!condition() && Date.now() < end) await pause(10)
  expect(condition(), `not within ${withinMs} ms`).toBe(true)
}

/** One transaction of one to three events that stays open for a while; `committed` learns of its events just before the commit is sent. */
async function write(pool: Pool, name: string, openMs: number, committing: Set<string>): Promise<string[]> {
  const names = Array.from({ length: 1 + (name.length % 3) }, (_, index) => `${name}/${index}`)
  await inTransaction(pool, async (tx) => {
    await appendLiveEvents(
      tx,
      names.map((subjectId) => ({ type: 'user.changed' as const, subjectId, payload: {} })),
    )
    await pause(openMs)
    for (const one of names) committing.add(one)
  })
  return names
}

/** A transaction that has written, and stays open, in another database of the same server. */
async function openElsewhere(): Promise<{ end(): Promise<void> }> {
  const other = await testDatabase()
  const client = await other.pool.connect()
  await client.query('begin')
  await client.query('select pg_current_xact_id()')
  return {
    async end() {
      client.release(true)
      await other.close()
    },
  }
}

describe('the live stream', () => {
  it('has no gap, no repeat and nothing uncommitted when the socket is cut 200 times', { timeout: 240_000 }, async () => {
    const { key } = await hub.makeKey('admin')
    const client = openConsole({ token: key })
    await client.hello
    const committing = new Set<string>()
    const written: string[] = []
    const early: string[] = []
    client.socket.on('live', (page: { items: LiveItem[] }) => {
      for (const item of page.items) if (item.subjectId && !committing.has(item.subjectId)) early.push(item.subjectId)
    })
    let isOver = false
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let turn = 0; !isOver; turn++) {
        const openMs = turn % 7 === 0 ? 60 : (turn * writer) % 5
        written.push(...(await write(hub.deps.pool, `w${writer}.${turn}`, openMs, committing)))
      }
    })
    let cuts = 0
    while (cuts < 200) {
      await pause(5 + (cuts % 4) * 5)
      if (!client.socket.connected) continue
      client.socket.io.engine.close()
      cuts++
    }
    isOver = true
    await Promise.all(writers)
    await until(() => client.items.length >= written.length)
    await pause(300)
    const got = client.items.map((item) => item.subjectId)
    expect(early).toEqual([])
    expect(got.length).toBe(written.length)
    expect(new Set(got)).toEqual(new Set(written))
    expect(written.length).toBeGreaterThan(300)
    client.socket.close()
  })

  it('waits for an older transaction that is still open, and then brings both in order', async () => {
    const { key } = await hub.makeKey('admin')
    const client = openConsole({ token: key })
    await client.hello
    const first = await hub.deps.pool.connect()
    await first.query('begin')
    await first.query(
      `insert into live_events (transaction_id, type, subject_id, payload) values (pg_current_xact_id()::text::bigint, 'user.changed', 'first', '{}')`,
    )
    await inTransaction(hub.deps.pool, (tx) => appendLiveEvents(tx, [{ type: 'user.changed', subjectId: 'second', payload: {} }]))
    await pause(400)
    expect(client.items).toEqual([])
    await first.query('commit')
    first.release()
    await until(() => client.items.length === 2)
    expect(client.items.map((item) => item.subjectId)).toEqual(['first', 'second'])
    client.socket.close()
  })

  it('does not wait for a transaction of another database on the same server', async () => {
    const { key } = await hub.makeKey('admin')
    const client = openConsole({ token: key })
    await client.hello
    const before = await currentCursor(hub.deps.pool)
    const elsewhere = await openElsewhere()
    await inTransaction(hub.deps.pool, (tx) => appendLiveEvents(tx, [{ type: 'user.changed', subjectId: 'not held back', payload: {} }]))
    await until(() => client.items.length === 1)
    expect(client.items.map((item) => item.subjectId)).toEqual(['not held back'])
    expect((await hub.call('GET', `/events?after=${before}`, { key })).body.items).toMatchObject([{ subjectId: 'not held back' }])
    await elsewhere.end()
    client.socket.close()
  })

  it('says when everything that was missed has come, also over many pages', async () => {
    const { key } = await hub.makeKey('admin')
    const { cursor } = (await hub.call('GET', '/events?limit=1', { key })).body
    const missed = Array.from({ length: 1200 }, (_, index) => ({ type: 'user.changed' as const, subjectId: `missed ${index}`, payload: {} }))
    await inTransaction(hub.deps.pool, (tx) => appendLiveEvents(tx, missed))
    const socket = io(hub.url, { transports: ['websocket'], forceNew: true, auth: { token: key, cursor } })
    const got: (string | null)[] = []
    socket.on('live', (page: { items: LiveItem[] }) => got.push(...page.items.map((item) => item.subjectId)))
    await new Promise<void>((resolve) => socket.on('current', () => resolve()))
    expect(got.filter((subject) => subject?.startsWith('missed'))).toEqual(missed.map((event) => event.subjectId))
    socket.close()
  })

  it('gives the same items as pages, and refuses a cursor that is no longer kept', async () => {
    const { key } = await hub.makeKey('admin')
    let { items, cursor } = (await hub.call('GET', '/events?limit=1000', { key })).body
    while (items.length > 0) ({ items, cursor } = (await hub.call('GET', `/events?limit=1000&after=${cursor}`, { key })).body)
    await inTransaction(hub.deps.pool, (tx) => appendLiveEvents(tx, [{ type: 'user.changed', subjectId: 'paged', payload: { a: 1 } }]))
    const { status, body } = await hub.call('GET', `/events?after=${cursor}`, { key })
    expect(status).toBe(200)
    expect(body.items).toHaveLength(1)
    expect(body.items[0]).toMatchObject({ type: 'user.changed', subjectId: 'paged', payload: { a: 1 } })
    for (const after of ['999999999999.1', '9999999999999999999.1', 'x']) {
      const gone = await hub.call('GET', `/events?after=${after}`, { key })
      expect([gone.status, gone.body.code], after).toEqual([410, 'cursor_expired'])
    }
  })

  it('gives each only what he may hear: integrators no clients, others no deliveries, drafts to their writer', async () => {
    const [integrator, reviewer, operator] = await Promise.all([hub.makeKey('integrator'), hub.makeKey('reviewer'), hub.makeKey('operator')])
    const clients = [integrator, reviewer, operator].map(({ key }) => openConsole({ token: key }))
    await Promise.all(clients.map((client) => client.hello))
    await inTransaction(hub.deps.pool, (tx) =>
      appendLiveEvents(tx, [
        { type: 'contact.changed', contactId: newId(), subjectId: 'contact', payload: {} },
        { type: 'delivery.changed', subjectId: 'delivery', payload: {} },
        { type: 'draft.changed', subjectId: operator.id, payload: {} },
        { type: 'channel.changed', subjectId: 'last', payload: {} },
      ]),
    )
    await until(() => clients.every((client) => client.items.at(-1)?.subjectId === 'last'))
    expect(clients.map((client) => client.items.map((item) => item.subjectId))).toEqual([
      ['delivery', 'last'],
      ['contact', 'last'],
      ['contact', operator.id, 'last'],
    ])
    for (const client of clients) client.socket.close()
  })

  it('tells "own clients only" of his own card and of one shared with him, and no other', async () => {
    const user = await hub.makeUser('operator', { ownClientsOnly: true })
    const cookie = await hub.signIn(user.email, user.password)
    const [own, shared, other] = [newId(), newId(), newId()]
    for (const id of [own, shared, other]) await hub.deps.pool.query('insert into contacts (id, card_id) values ($1, $1)', [id])
    await hub.deps.pool.query('update contacts set owner_id = $2 where id = $1', [own, user.id])
    await hub.deps.pool.query('insert into contact_shares (contact_id, user_id) values ($1, $2)', [shared, user.id])
    const client = openConsole({ cookie })
    await client.hello
    await inTransaction(hub.deps.pool, (tx) =>
      appendLiveEvents(
        tx,
        [own, other, shared].map((contactId) => ({ type: 'contact.changed' as const, contactId, subjectId: contactId, payload: {} })),
      ),
    )
    const ofCards = () => client.items.filter((item) => item.type === 'contact.changed')
    await until(() => ofCards().length === 2)
    await pause(200)
    expect(ofCards().map((item) => item.contactId)).toEqual([own, shared])
    client.socket.close()
  })
})

describe('who may listen', () => {
  it('refuses a stranger and a browser page of another site', async () => {
    const stranger = openConsole({})
    await until(() => stranger.refusals.length > 0)
    expect(stranger.refusals[0]).toBe('not_signed_in')
    stranger.socket.close()
    const { status } = await fetch(`${hub.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin: 'https://evil.example' } })
    expect(status).toBe(403)
  })

  it('puts a user who is switched off, a revoked key and an ended session out within 5 s', { timeout: 240_000 }, async () => {
    const { key: adminKey } = await hub.makeKey('admin')
    const user = await hub.makeUser('operator')
    const other = await hub.makeUser('operator')
    const { id, key } = await hub.makeKey('operator')
    const byCookie = openConsole({ cookie: await hub.signIn(user.email, user.password) })
    const bySession = openConsole({ cookie: await hub.signIn(other.email, other.password) })
    const byKey = openConsole({ token: key })
    await Promise.all([byCookie.hello, byKey.hello, bySession.hello])
    expect((await hub.call('POST', `/users/${user.id}/disable`, { key: adminKey })).status).toBe(200)
    expect((await hub.call('DELETE', `/api-keys/${id}`, { key: adminKey })).status).toBe(200)
    await until(() => byCookie.refusals.includes('not_signed_in') && byKey.refusals.includes('invalid_key'), 5_000)
    // Nobody notifies of this one: it is found by a look at the tables.
    await hub.deps.pool.query('delete from sessions where user_id = $1', [other.id])
    await until(() => bySession.refusals.includes('not_signed_in'), 10_000)
    for (const client of [byCookie, byKey, bySession]) client.socket.close()
  })

  async function addConversation(): Promise<string> {
    const [contactId, conversationId] = [newId(), newId()]
    await hub.deps.pool.query('insert into contacts (id, card_id) values ($1, $1)', [contactId])
    await hub.deps.pool.query(
      `insert into conversations (id, contact_id, channel_id, medium, thread_key, last_entry_at) values ($1, $2, $3, 'chat', 'x', now())`,
      [conversationId, contactId, newId()],
    )
    return conversationId
  }

  /** What a console is shown. Who comes at the same moment is told and asked for, and so may be shown twice. */
  function presenceOf(socket: Socket): unknown[] {
    const seen: unknown[] = []
    socket.on('presence', (presence: unknown) => {
      if (!isDeepStrictEqual(presence, seen.at(-1))) seen.push(presence)
    })
    return seen
  }

  it('shows two operators in one conversation to each other, typing included', async () => {
    const conversationId = await addConversation()
    const [ann, bob] = await Promise.all([hub.makeKey('operator'), hub.makeKey('manager')])
    const [first, second] = [openConsole({ token: ann.key }), openConsole({ token: bob.key })]
    await Promise.all([first.hello, second.hello])
    const [seen, seenBySecond] = [presenceOf(first.socket), presenceOf(second.socket)]
    first.socket.emit('look', conversationId)
    await pause(100)
    second.socket.emit('look', conversationId)
    await until(() => seen.length === 1 && seenBySecond.length === 1)
    second.socket.emit('typing', true)
    await until(() => seen.length === 2)
    second.socket.close()
    await until(() => seen.length === 3)
    const states = [
      { looking: true, typing: false },
      { looking: true, typing: true },
      { looking: false, typing: false },
    ]
    expect(seen).toEqual(states.map((state) => ({ conversationId, userId: bob.id, name: 'manager', ...state })))
    expect(seenBySecond).toEqual([{ conversationId, userId: ann.id, name: 'operator', looking: true, typing: false }])
    first.socket.close()
  })

  it('goes on when the database was away while somebody looked', async () => {
    const conversationId = await addConversation()
    const [ann, bob] = await Promise.all([hub.makeKey('operator'), hub.makeKey('manager')])
    const [first, second] = [openConsole({ token: ann.key }), openConsole({ token: bob.key })]
    await Promise.all([first.hello, second.hello])
    const seen = presenceOf(second.socket)
    const { pool } = hub.deps
    const query = pool.query.bind(pool) as (text: unknown, values: unknown) => unknown
    let failed = 0
    const away = vi.spyOn(pool, 'query').mockImplementation(((text: unknown, values: unknown) => {
      if (typeof text !== 'string' || !text.includes('from conversations v join contacts c')) return query(text, values)
      failed++
      return Promise.reject(new Error('Connection terminated unexpectedly'))
    }) as never)
    first.socket.emit('look', conversationId)
    await until(() => failed === 1)
    away.mockRestore()
    for (const { socket } of [first, second]) socket.emit('look', conversationId)
    await until(() => seen.length > 0)
    expect(seen[0]).toMatchObject({ conversationId, userId: ann.id, looking: true })
    for (const { socket } of [first, second]) socket.close()
  })
})
