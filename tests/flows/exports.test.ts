import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { runExport } from '../../src/core/exports/run-exports.ts'
import { openTable } from '../../src/core/imports/reading/read-table.ts'
import { runImport } from '../../src/core/imports/run-imports.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addChannel, addContact, addEntry, addUser } from '../support/cards.ts'

vi.setConfig({ testTimeout: 240_000 })

let hub: ApiHub
let manager: { id: string; key: string }
beforeAll(async () => {
  hub = await startApiHub()
  manager = await hub.makeKey('manager')
})
afterAll(() => hub.close())

const call = (method: string, path: string, body?: unknown, key = manager.key) => hub.call(method, path, { key, ...(body !== undefined && { body }) })
const fetchFile = (url: string, key = manager.key) => fetch(`${hub.url}${url}`, { headers: { authorization: `Bearer ${key}` } })

async function exported(asked: object): Promise<Buffer> {
  const { id } = (await call('POST', '/exports', asked)).body
  await runExport(hub.deps, id)
  const { body } = await call('GET', `/exports/${id}`)
  expect(body).toMatchObject({ status: 'done', error: null })
  return Buffer.from(await (await fetchFile(body.url)).arrayBuffer())
}

const rowsOf = async (bytes: Buffer) => {
  const rows = []
  for await (const { cells } of openTable(bytes).rows) rows.push(cells)
  return rows
}

const evil = ['=HYPERLINK("http://evil.example","Click")', '+1+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', 'Анна; "Кавычка"\nстрока']

test('a CSV opens in Excel by itself, and nothing in it runs', async () => {
  for (const [n, name] of evil.entries()) await addContact(hub.deps.pool, name, [{ kind: 'phone', value: `+7916200000${n}` }])
  const text = (await exported({ kind: 'contacts', language: 'ru' })).toString()
  expect(text.startsWith('\ufeffID;Клиент;Стадия;Телефоны;Почта;')).toBe(true)
  for (const [, line] of (await rowsOf(Buffer.from(text.replaceAll("'", '’')))).entries())
    for (const cell of line) expect(cell).not.toMatch(/^\s*[=+\-@]/)
  expect(text).toContain('"\'=HYPERLINK(""http://evil.example"",""Click"")"')
  expect(text).toContain("'+79162000000")
  expect((await exported({ kind: 'contacts', language: 'en' })).toString()).toContain('ID,Full name,')
})

test('an XLSX holds the same, each cell a text', async () => {
  const rows = await rowsOf(await exported({ kind: 'contacts', format: 'xlsx', language: 'ru' }))
  expect(rows[0]?.slice(0, 4)).toEqual(['ID', 'Клиент', 'Стадия', 'Телефоны'])
  expect(rows).toHaveLength(evil.length + 1)
  expect(rows.flat()).toContain('Анна; "Кавычка"\nстрока')
})

test('what went out comes in again as the same people', async () => {
  const csv = await exported({ kind: 'contacts', language: 'ru' })
  const taken = await fetch(`${hub.url}/api/v1/imports?name=back.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${manager.key}`, 'content-type': 'text/csv' },
    body: csv.toString(),
  })
  const { id } = (await taken.json()) as { id: string }
  const deps = { ...hub.deps, firm: () => ({ defaultCountry: 'RU', own: new Set<string>() }) }
  await runImport(deps, id)
  await call('POST', `/imports/${id}/check`, {})
  await runImport(deps, id)
  expect((await call('GET', `/imports/${id}`)).body).toMatchObject({ status: 'checked', counts: { verdicts: { matched: evil.length } } })
})

test('companies, leads and messages go out too, with the filters of their lists', async () => {
  const { body: company } = await call('POST', '/companies', { name: 'ООО «Вход»', domain: 'vhod.ru', fields: { ИНН: '77' } })
  const contactId = await addContact(hub.deps.pool, 'Игорь', [{ kind: 'email', value: 'igor@vhod.ru' }])
  await call('PATCH', `/contacts/${contactId}`, { companyId: company.id, fields: { Город: 'Омск' } })
  await call('POST', '/leads', { contactId, topic: 'Окна' })
  await addEntry(hub.deps.pool, { contactId, text: '=danger', subject: 'Re: КП' })
  expect(await rowsOf(await exported({ kind: 'companies', language: 'ru' }))).toMatchObject([
    ['ID', 'Компания', 'Домен', 'Ответственный', 'Людей', 'Создано', 'ИНН'],
    [company.id, 'ООО «Вход»', 'vhod.ru', '', '1', expect.any(String), '77'],
  ])
  expect((await rowsOf(await exported({ kind: 'leads' })))[1]?.slice(1, 4)).toEqual(['Игорь', 'Окна', 'new'])
  expect(await rowsOf(await exported({ kind: 'leads', filter: { status: 'lost' } }))).toHaveLength(1)
  expect((await exported({ kind: 'entries', filter: { contactId } })).toString()).toContain("'=danger")
  const found = await rowsOf(await exported({ kind: 'contacts', filter: { query: 'igor@vhod.ru' }, language: 'ru' }))
  expect(found).toHaveLength(2)
  expect(found[1]).toEqual(expect.arrayContaining(['Игорь', 'igor@vhod.ru', 'ООО «Вход»', 'Омск']))
})

test('more rows than a page, in more parts than one, come whole', async () => {
  await hub.deps.pool.query(`insert into contacts (id, card_id, name, fields) select id, id, 'Many ' || n, jsonb_build_object('note', repeat(md5(n::text), 100))
    from (select gen_random_uuid() as id, n from generate_series(1, 3000) n) t`)
  const bytes = await exported({ kind: 'contacts' })
  expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024)
  expect(new Set((await rowsOf(bytes)).map(([id]) => id)).size).toBe(3000 + evil.length + 2)
})

test('a file is its asker’s alone, for a day, and each asking and fetching stands in the audit', async () => {
  const { id, url } = await (async () => {
    const made = (await call('POST', '/exports', { kind: 'companies' })).body
    await runExport(hub.deps, made.id)
    return (await call('GET', `/exports/${made.id}`)).body
  })()
  const other = await hub.makeKey('admin')
  expect((await fetchFile(url, other.key)).status).toBe(404)
  expect((await call('GET', `/exports/${id}`, undefined, other.key)).status).toBe(404)
  expect((await fetchFile(url)).status).toBe(200)
  const { rows } = await hub.deps.pool.query('select action, actor_id as "actorId", detail from audit where subject = $1 order by at, id', [id])
  expect(rows).toMatchObject([
    { action: 'export.created', actorId: manager.id, detail: { kind: 'companies', format: 'csv' } },
    { action: 'export.downloaded', actorId: manager.id, detail: { rows: 1 } },
  ])
  await hub.deps.pool.query(`update exports set expires_at = now() - interval '1 second' where id = $1`, [id])
  expect((await fetchFile(url)).status).toBe(404)
  for (const role of ['operator', 'reviewer', 'integrator'] as const) {
    const { key } = await hub.makeKey(role)
    expect((await call('POST', '/exports', { kind: 'contacts' }, key)).status).toBe(403)
  }
})

test('who sees only his own clients gets those alone, and cannot import', async () => {
  const user = await hub.makeUser('manager', { ownClientsOnly: true })
  const cookie = await hub.signIn(user.email, user.password)
  await hub.deps.pool.query(`insert into contacts (id, card_id, name, owner_id) select id, id, 'Mine', $1 from (select gen_random_uuid() as id) t`, [
    user.id,
  ])
  const { id } = (await hub.call('POST', '/exports', { cookie, body: { kind: 'contacts' } })).body
  await runExport(hub.deps, id)
  const file = await fetch(`${hub.url}/api/v1/exports/${id}/file`, { headers: { cookie } })
  expect((await rowsOf(Buffer.from(await file.arrayBuffer()))).map(([, name]) => name)).toEqual([expect.any(String), 'Mine'])
  const refused = await fetch(`${hub.url}/api/v1/imports?name=x`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'text/csv' },
    body: 'a;b\n1;2',
  })
  expect(refused.status).toBe(403)
})

test('a file of 1 GB is refused by its head, before its body', async () => {
  const { hostname, port } = new URL(hub.url)
  const socket = connect({ host: hostname, port: Number(port) })
  const answered = new Promise<string>((resolve, reject) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('split it')) resolve(text)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
  socket.write(
    `POST /api/v1/imports?name=big.csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${manager.key}\r\nContent-Type: text/csv\r\nContent-Length: 1073741824\r\n\r\na;b`,
  )
  const answer = await answered
  socket.destroy()
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toContain('A file of at most 64 MB can be imported')
})

test('a stopped export stops', async () => {
  const { id } = (await call('POST', '/exports', { kind: 'contacts' })).body
  expect((await call('POST', `/exports/${id}/cancel`, {})).body.status).toBe('cancelled')
  await runExport(hub.deps, id)
  expect((await call('GET', `/exports/${id}`)).body).toMatchObject({ status: 'cancelled', url: null })
})

test('calls go out with the filters of their list, one row each', async () => {
  const { pool } = hub.deps
  const [channelId, contactId, userId] = await Promise.all([addChannel(pool), addContact(pool, 'Звонила Анна'), addUser(pool)])
  const add = (outcome: string, userId: string | null, note: string | null) =>
    pool.query(
      `insert into calls (id, channel_id, contact_id, direction, state, outcome, from_value, dialled, started_at, wait_seconds, talk_seconds, user_id, note)
       values ($1, $2, $3, 'inbound', 'ended', $4, '+79162223344', '+78460000000', '2026-11-20T09:00:00Z', 7, $5, $6, $7)`,
      [newId(), channelId, contactId, outcome, outcome === 'answered' ? 42 : null, userId, note],
    )
  await add('answered', userId, '=1+1')
  await add('missed', null, null)
  const rows = await rowsOf(await exported({ kind: 'calls', format: 'xlsx', language: 'ru', filter: { contactId } }))
  expect(rows[0]?.slice(1, 5)).toEqual(['Время', 'Клиент', 'Направление', 'Итог'])
  expect(rows).toHaveLength(3)
  expect(rows.find((row) => row.includes('answered'))?.slice(1)).toEqual([
    '2026-11-20T09:00:00.000Z',
    'Звонила Анна',
    'inbound',
    'answered',
    '+79162223344',
    '',
    '+78460000000',
    '7',
    '42',
    `${userId}@example.com`,
    '',
    '=1+1',
    '0',
  ])
  const missed = await rowsOf(await exported({ kind: 'calls', filter: { contactId, missed: true } }))
  expect(missed.slice(1).map((row) => row[4])).toEqual(['missed'])
  expect((await exported({ kind: 'calls', filter: { contactId } })).toString()).toContain("'=1+1")
})
