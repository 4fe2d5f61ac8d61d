import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { runExport } from '../../src/core/exports/run-exports.ts'
import { openTable } from '../../src/core/imports/reading/read-table.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addChannel, addContact, addUser } from '../support/cards.ts'

// A manager's week: so many calls of each operator and day at random, marked, and taken home as files that Excel opens.

vi.setConfig({ testTimeout: 120_000 })

let hub: ApiHub
let manager: { id: string; key: string }
let operators: string[]
let channelId: string
let contactId: string

beforeAll(async () => {
  hub = await startApiHub()
  manager = await hub.makeKey('manager')
  const { pool } = hub.deps
  const { key } = await hub.makeKey('admin')
  await hub.call('PATCH', '/settings', { key, body: { timeZone: 'Europe/Samara' } })
  operators = [await addUser(pool, '=Анна; "Зорина"'), await addUser(pool, 'Борис'), await addUser(pool, 'Вера')]
  channelId = await addChannel(pool)
  contactId = await addContact(pool, 'Игорь', [{ kind: 'phone', value: '+79162223344' }])
})
afterAll(() => hub.close())

const call = (method: string, path: string, body?: unknown) => hub.call(method, path, { key: manager.key, ...(body !== undefined && { body }) })

async function addCall(userId: string | null, at: string, changes: { outcome?: string; talk?: number } = {}): Promise<string> {
  const id = newId()
  await hub.deps.pool.query(
    `insert into calls (id, channel_id, contact_id, direction, state, outcome, from_value, started_at, wait_seconds, talk_seconds, user_id)
     values ($1, $2, $3, 'inbound', 'ended', $4, '+79162223344', $5, 7, $6, $7)`,
    [id, channelId, contactId, changes.outcome ?? 'answered', at, changes.talk ?? 42, userId],
  )
  return id
}

async function sampled(day: string): Promise<{ id: string; userId: string; startedAt: string }[]> {
  return (await call('GET', `/calls?sampled=${day}&limit=200`)).body.items
}

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const rows = []
  for await (const { cells } of openTable(bytes).rows) rows.push(cells)
  return rows
}

async function bytesOf(path: string): Promise<Buffer> {
  const answer = await fetch(`${hub.url}${path}`, { headers: { authorization: `Bearer ${manager.key}` } })
  expect(answer.headers.get('content-type')).toContain('text/csv')
  return Buffer.from(await answer.arrayBuffer())
}

async function exported(filter: object): Promise<Buffer> {
  const { id } = (await call('POST', '/exports', { kind: 'calls', language: 'ru', filter })).body
  await runExport(hub.deps, id)
  const { body } = await call('GET', `/exports/${id}`)
  expect(body).toMatchObject({ status: 'done', error: null })
  return await bytesOf(body.url)
}

test('chance draws so many of each operator and day, of the firm’s day, and of what was spoken alone', async () => {
  const { items } = (await call('GET', '/checklist')).body
  expect((await call('PUT', '/checklist', { items, perDay: 3 })).body).toMatchObject({ perDay: 3 })
  const [anna, boris, vera] = operators
  for (let n = 0; n < 10; n++) await addCall(anna ?? '', `2026-11-10T0${n}:30:00Z`)
  for (let n = 0; n < 2; n++) await addCall(boris ?? '', `2026-11-10T1${n}:00:00Z`)
  for (let n = 0; n < 4; n++) await addCall(vera ?? '', `2026-11-10T1${n}:00:00Z`, n < 2 ? { outcome: 'missed' } : { talk: 0 })
  await addCall(null, '2026-11-10T12:00:00Z')
  // In Samara it is the 11th by then, and was the 10th at twenty past eight in the evening of the 9th by UTC.
  await addCall(boris ?? '', '2026-11-10T20:10:00Z')
  await addCall(vera ?? '', '2026-11-09T20:20:00Z')
  expect((await call('POST', '/reviews/sample', { day: '2026-11-10' })).body).toEqual({ drawn: 6 })
  const drawn = await sampled('2026-11-10')
  const perUser = operators.map((id) => drawn.filter(({ userId }) => userId === id).length)
  expect(perUser).toEqual([3, 2, 1])
  expect((await call('POST', '/reviews/sample', { day: '2026-11-10' })).body).toEqual({ drawn: 0 })
  await addCall(boris ?? '', '2026-11-10T15:00:00Z')
  expect((await call('POST', '/reviews/sample', { day: '2026-11-10' })).body).toEqual({ drawn: 1 })
  await call('PUT', '/checklist', { items, perDay: 5 })
  expect((await call('POST', '/reviews/sample', { day: '2026-11-10' })).body).toEqual({ drawn: 2 })
  const now = await sampled('2026-11-10')
  expect(now.filter(({ userId }) => userId === anna)).toHaveLength(5)
  expect(now.map(({ id }) => id)).toEqual(expect.arrayContaining(drawn.map(({ id }) => id)))
})

test('each call has the same chance', async () => {
  const [anna] = operators
  const calls = await Promise.all(Array.from({ length: 8 }, (_, n) => addCall(anna ?? '', `2026-10-05T0${n}:00:00Z`)))
  await call('PUT', '/checklist', { items: (await call('GET', '/checklist')).body.items, perDay: 2 })
  const times = new Map(calls.map((id) => [id, 0]))
  for (let round = 0; round < 60; round++) {
    await hub.deps.pool.query(`delete from review_samples where day = '2026-10-05'`)
    await call('POST', '/reviews/sample', { day: '2026-10-05' })
    const { rows } = await hub.deps.pool.query<{ id: string }>(`select call_id as id from review_samples where day = '2026-10-05'`)
    expect(rows).toHaveLength(2)
    for (const { id } of rows) times.set(id, (times.get(id) ?? 0) + 1)
  }
  // 15 each on average: none is left out (one in 30 million), none is the favourite.
  expect(Math.min(...times.values())).toBeGreaterThan(0)
  expect(Math.max(...times.values())).toBeLessThan(45)
})

test('many who draw at once take no more than one would', async () => {
  const [anna] = operators
  for (let n = 0; n < 40; n++) await addCall(anna ?? '', `2026-11-12T05:${n + 10}:00Z`)
  await call('PUT', '/checklist', { items: (await call('GET', '/checklist')).body.items, perDay: 4 })
  const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', '/reviews/sample', { day: '2026-11-12' })))
  expect(answers.map(({ body }) => body.drawn).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, 4])
  expect(await sampled('2026-11-12')).toHaveLength(4)
})

test('what was marked goes home as a table that Excel opens by itself, and nothing in it runs', async () => {
  const given = (await call('GET', '/checklist')).body.items.filter(({ part }: { part: string }) => part === 'call')
  const items = [
    { ...given[0], text: '=HYPERLINK("http://evil.example")' },
    { ...given[1], text: 'Назвал цену; срок' },
    { ...given[2], text: '-2+3' },
  ]
  const list = (await call('PUT', '/checklist', { items, perDay: 4 })).body.items as { id: string }[]
  const one = (await sampled('2026-11-12'))[0]
  const marks = [1, 0, null].map((value, index) => ({ itemId: list[index]?.id, value }))
  expect((await call('PUT', `/reviews/call/${one?.id}`, { marks })).body).toMatchObject({ ones: 1, marked: 2 })
  const bytes = await bytesOf('/api/v1/reviews/rows.csv?kind=call&language=ru')
  const lines = bytes.toString().split('\r\n')
  expect(lines[0]).toBe(
    `\ufeffПроверено;Что;Чья работа;Кто проверил;"'=HYPERLINK(""http://evil.example"")";"Назвал цену; срок";'-2+3;Единиц;Отмечено;Код`,
  )
  expect(lines[1]).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d;call;"'=Анна; ""Зорина""";.*;1;0;;1;2;[0-9a-f-]{36}$/)
  expect(lines).toHaveLength(3)
  expect(await rowsOf(bytes)).toMatchObject([{ length: 10 }, { length: 10 }])
  const english = await bytesOf('/api/v1/reviews/rows.csv?language=en&from=2030-01-01T00:00:00Z')
  expect(english.toString()).toBe('\ufeffReviewed,What,Whose work,Reviewer,Ones,Marked,Id\r\n')
})

test('the export of calls holds what the list shows: drawn ones, and those that are still to be reviewed', async () => {
  const drawn = await sampled('2026-11-12')
  const file = await exported({ sampled: '2026-11-12' })
  expect(file.toString().startsWith('\ufeffID;')).toBe(true)
  const rows = await rowsOf(file)
  expect(new Set(rows.slice(1).map(([id]) => id))).toEqual(new Set(drawn.map(({ id }) => id)))
  expect(rows).toHaveLength(5)
  expect(await rowsOf(await exported({ sampled: '2026-11-12', reviewed: true }))).toHaveLength(2)
  expect(await rowsOf(await exported({ sampled: '2026-11-12', reviewed: false }))).toHaveLength(4)
})
