import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addUser, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { listWaiting } from './list-waiting.ts'
import { waitingPage } from './waiting-store.ts'

const clients = 50_000
let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  const channelId = await addChannel(db.pool)
  await db.pool.query(
    `insert into contacts (id, card_id, name) select id, id, 'Client ' || n from generate_series(1, $1) n, lateral (select md5('c' || n)::uuid as id) made`,
    [clients],
  )
  await db.pool.query(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, waiting_since, last_entry_at)
     select gen_random_uuid(), md5('c' || n)::uuid, $2, 'chat', 'thread:' || n || '-' || twice, now() - make_interval(secs => n), now()
     from generate_series(1, $1) n, generate_series(1, 2) twice`,
    [clients, channelId],
  )
  await db.pool.query('analyze contacts, conversations')
}, 240_000)
afterAll(() => db.close())

test('a page of the waiting list costs what it shows, whoever else waits: it walks the index, and reads no table whole', async () => {
  const me = operator(await addUser(db.pool)).actor
  const page = await listWaiting(db, me, { scope: 'all', limit: 50 })
  expect(page.counts.all).toBe(clients)
  const next = await listWaiting(db, me, { scope: 'all', limit: 50, cursor: page.nextCursor ?? '' })
  const names = [...page.items, ...next.items].map((row) => row.contact.name)
  expect(names).toEqual(Array.from({ length: 100 }, (_, index) => `Client ${clients - index}`))
  const { rows } = await db.pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers, costs off) ${waitingPage(me, 'all')}`, [
    me.id,
    null,
    next.items[0]?.dueAt,
    '00000000-0000-0000-0000-000000000000',
    50,
  ])
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('conversations_waiting')
  expect(plan).not.toContain('Seq Scan on conversations')
  expect(plan).not.toContain('Seq Scan on contacts')
  const read = Number(/shared hit=(\d+)/.exec(plan)?.[1] ?? 0) + Number(/ read=(\d+)/.exec(plan)?.[1] ?? 0)
  expect(read).toBeLessThan(5_000)
})
