import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { newId } from '../../src/core/database/id.ts'
import { askErasure } from '../../src/core/erasure/ask-erasure.ts'
import { erasePerson } from '../../src/core/erasure/erase-person.ts'
import { forgetReturned } from '../../src/core/erasure/forget-returned.ts'
import { personalData, tablesWithoutClients } from '../../src/core/erasure/personal-data.ts'
import { replayDelivery } from '../../src/core/intake/replay-delivery.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
let backupFolder: string

beforeAll(async () => {
  hub = await intakeHub()
  backupFolder = await mkdtemp(join(tmpdir(), 'switchboard-erasures-'))
})
afterAll(async () => {
  await hub.close()
  await rm(backupFolder, { recursive: true })
})

const words = 'тайна Серафима'
const secrets = ['9161112233', '916 111-22-33', 'serafim@example.com', 'serafim%40example.com', words, 'паспорт Серафима', '@serafim_secret']

function message(key: string, from: { name: string; identities: object[] }, text: string, more: object = {}) {
  return {
    type: 'message',
    key,
    externalId: `ext-${key}`,
    medium: 'chat',
    direction: 'inbound',
    from,
    conversation: { by: 'contact' },
    text,
    attachments: [],
    occurredAt: '2026-11-20T10:00:00.000Z',
    ...more,
  }
}

const his = {
  name: 'Серафим Тайный',
  identities: [
    { kind: 'phone', value: '8 (916) 111-22-33', evidence: 'attested' },
    { kind: 'email', value: 'Serafim@Example.com', evidence: 'claimed' },
    { kind: 'telegram', value: '@serafim_secret', evidence: 'attested' },
  ],
}
const hers = { name: 'Анна', identities: [{ kind: 'phone', value: '+79267778899', evidence: 'attested' }] }

async function one<Row extends object>(sql: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await hub.pool.query<Row>(sql, values)
  expect(rows).toHaveLength(1)
  return rows[0] as Row
}

async function deliver(events: unknown, dedupeKey: string = newId()): Promise<string> {
  await hub.deliver(events, { dedupeKey })
  await hub.worker.drain()
  return (await one<{ id: string }>('select id from deliveries where dedupe_key = $1', [dedupeKey])).id
}

/** Every table as text, whole: what a dump would show. */
async function dump(): Promise<string> {
  const { rows } = await hub.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const texts: string[] = []
  for (const { name } of rows) {
    const found = await hub.pool.query<{ row: string }>(`select t::text as row from "${name}" t`)
    texts.push(...found.rows.map(({ row }) => `${name}: ${row} ${decodeHex(row)}`))
  }
  return texts.join('\n')
}

/** `\x…` of binary columns as the text it stands for. */
function decodeHex(row: string): string {
  return [...row.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString()).join(' ')
}

function mentionsIn(text: string): string[] {
  return text.split('\n').filter((line) => secrets.some((secret) => line.toLowerCase().includes(secret.toLowerCase())))
}

async function erase(contactId: string, name: string): Promise<string> {
  const deps = { ...hub, backupFolder, jobs: { add: async () => {} } }
  const { id } = await askErasure(deps, { actor: systemActor }, { contactId, confirmation: name })
  await erasePerson(deps, id)
  return id
}

test('a person leaves no trace in any table or file, others stay whole, and neither a replay nor a back-fill brings him back', async () => {
  const shared = Buffer.from('прайс-лист, который есть у многих')
  const own = message('m1', his, `${words}, мой номер 916 111-22-33`)
  const alone = await deliver([own], 'alone-9161112233')
  const hersMessage = message('m2', hers, 'Перезвоните Серафиму: +7 (916) 111-22-33 или serafim@example.com')
  const batch = await deliver([
    message('m3', his, `ещё ${words}`),
    hersMessage,
    { type: 'receipt', key: 'r1', externalId: 'ext-m1', status: 'read', occurredAt: '2026-11-20T10:01:00.000Z' },
  ])
  await deliver([message('m4', hers, 'без него')])
  const { id: contactId } = await one<{ id: string }>(`select id from contacts where name = 'Серафим Тайный'`)
  const { id: herId } = await one<{ id: string }>(`select id from contacts where name = 'Анна'`)
  await seedEverywhere(contactId, herId, shared)
  const before = await one<{ entries: number }>('select count(*)::int as entries from entries where contact_id = $1', [herId])
  expect(mentionsIn(await dump()).length).toBeGreaterThan(20)

  const id = await erase(contactId, 'Серафим Тайный')
  expect(mentionsIn(await dump())).toEqual([])
  expect(await one('select count(*)::int as entries from entries where contact_id = $1', [herId])).toEqual(before)
  expect(await one(`select text from entries where event_key = 'm2'`)).toEqual({ text: 'Перезвоните Серафиму: [erased] или [erased]' })
  expect((await hub.pool.query('select 1 from deliveries where id = $1', [alone])).rowCount).toBe(0)
  const { certificate } = await one<{ certificate: object }>('select certificate from erasures where id = $1', [id])
  expect(certificate).toMatchObject({ deliveries: { removed: 1, redacted: 1, emptied: 0 }, removed: { contacts: 1, identities: 3 } })
  expect((await readdir(join(backupFolder, 'erasures'))).join()).toContain(id)
  expect(mentionsIn(await readFile(join(backupFolder, 'erasures', `${id}.json`), 'utf8'))).toEqual([])

  expect(await replayDelivery(hub, batch)).toMatchObject({ added: 0, superseded: 0 })
  await deliver([own, message('m3', his, `ещё ${words}`), hersMessage], 'a back-fill')
  while ((await forgetReturned({ ...hub, backupFolder })) > 0);
  expect(mentionsIn(await dump())).toEqual([])
  expect((await hub.pool.query(`select 1 from contacts where name like 'Серафим%'`)).rowCount).toBe(0)
  for await (const { name } of hub.files.list()) expect(mentionsIn(Buffer.from(await hub.files.read(name)).toString())).toEqual([])

  await deliver([message('m9', his, 'Здравствуйте, это снова я')])
  expect(
    await one(
      `select c.name, count(*)::int as entries from contacts c join entries e on e.contact_id = c.id where c.name = 'Серафим Тайный' group by 1`,
    ),
  ).toEqual({
    name: 'Серафим Тайный',
    entries: 1,
  })
})

/** Puts him wherever the hub keeps something of a client. */
async function seedEverywhere(contactId: string, herId: string, shared: Buffer): Promise<void> {
  const q = (sql: string, values: unknown[] = []) => hub.pool.query(sql, values)
  const entry = await one<{ id: string; conversation_id: string }>(`select id, conversation_id from entries where event_key = 'm1'`)
  const herEntry = await one<{ id: string }>(`select id from entries where event_key = 'm2'`)
  const file = `attachments/aa/${'a'.repeat(64)}`
  await hub.files.write(file, shared)
  for (const entryId of [entry.id, herEntry.id]) {
    await q(`insert into attachments (id, entry_id, name, type, file) values ($1, $2, 'price.txt', 'text/plain', $3)`, [newId(), entryId, file])
  }
  await hub.files.write('attachments/bb/his', Buffer.from('паспорт Серафима'))
  await q(`insert into attachments (id, entry_id, name, type, file) values ($1, $2, 'паспорт Серафима.txt', 'text/plain', 'attachments/bb/his')`, [
    newId(),
    entry.id,
  ])
  await q(`insert into entry_versions (id, entry_id, cause, content) values ($1, $2, 'edit', $3)`, [
    newId(),
    entry.id,
    JSON.stringify({ text: words }),
  ])
  await q(`insert into contact_edits (id, contact_id, field, before, after) values ($1, $2, 'name', '"Серафим"', $3)`, [
    newId(),
    contactId,
    JSON.stringify(words),
  ])
  await q(`insert into drafts (conversation_id, user_id, text) values ($1, $2, $3)`, [entry.conversation_id, newId(), words])
  await q(`insert into leads (id, contact_id, topic) values ($1, $2, $3)`, [newId(), contactId, words])
  await q(`insert into leads (id, contact_id, topic) values ($1, $2, 'от serafim@example.com')`, [newId(), herId])
  await q(`insert into audit (id, actor, action, subject, detail) values ($1, 'user', 'contact.changed', $2, $3)`, [
    newId(),
    contactId,
    JSON.stringify({ name: words }),
  ])
  await q(`insert into audit (id, actor, action, subject, detail) values ($1, 'user', 'clients.exported', 'x', $2)`, [
    newId(),
    JSON.stringify({ query: 'serafim@example.com' }),
  ])
  await q(
    `insert into refusals (id, channel_id, connector, key, reason, method, headers, body) values ($1, $2, 'form', 'k', 'wrong', 'POST', '{}', $3)`,
    [newId(), hub.channelId, Buffer.from('phone=%2B7+916+111-22-33&email=serafim%40example.com')],
  )
  await q(`insert into replays (id, filter, actor_kind, actor_role) values ($1, $2, 'user', 'admin')`, [
    newId(),
    JSON.stringify({ query: '8 916 111-22-33' }),
  ])
  await q(`insert into idempotency_keys (actor, key, route, hash, body) values ('a', 'b', 'c', 'd', $1)`, [
    JSON.stringify({ contactId, text: words }),
  ])
  await q(`insert into tasks (id, title, contact_id, due_at, time_zone, updated_at) values ($1, $2, $3, now(), 'UTC', now())`, [
    newId(),
    words,
    contactId,
  ])
  await q(
    `insert into quarantine (id, channel_id, delivery_id, key, reason, event, occurred_at, received_at) values ($1, $2, $3, 'q', 'spam', $4, now(), now())`,
    [newId(), hub.channelId, newId(), JSON.stringify({ from: 'serafim@example.com' })],
  )
  const importId = newId()
  await q(`insert into imports (id, name, size, file) values ($1, 'old.csv', 1, 'imports/old')`, [importId])
  await hub.files.write('imports/old', Buffer.from('Серафим;9161112233'))
  await q(`insert into import_rows (import_id, number, cells, made) values ($1, 1, $2, $3), ($1, 2, '{Анна}', $4)`, [
    importId,
    ['Серафим', '89161112233'],
    JSON.stringify({ contactId }),
    JSON.stringify({ contactId: herId }),
  ])
  const callId = newId()
  await q(
    `insert into calls (id, channel_id, contact_id, direction, state, started_at, from_value, note, updated_at) values ($1, $2, $3, 'inbound', 'ended', now(), '+79161112233', $4, now())`,
    [callId, hub.channelId, contactId, words],
  )
  await hub.files.write('recordings/his', Buffer.from(words))
  await q(`insert into recordings (id, channel_id, external_id, call_id, state, file) values ($1, $2, 'rec', $3, 'ready', 'recordings/his')`, [
    newId(),
    hub.channelId,
    callId,
  ])
}

test('nobody is erased by a slip, and an address that another card has too stays there', async () => {
  const key = newId()
  await deliver([message(key, { name: 'Пётр', identities: [{ kind: 'phone', value: '+79031234567', evidence: 'attested' }] }, 'привет')])
  const { id } = await one<{ id: string }>(`select id from contacts where name = 'Пётр'`)
  const { id: herId } = await one<{ id: string }>(`select id from contacts where name = 'Анна'`)
  await expect(erase(id, 'Петр')).rejects.toThrow('Type the name')
  const identity = await one<{ id: string }>(`select id from identities where value = '+79031234567'`)
  await hub.pool.query(
    `insert into contact_identities (contact_id, identity_id, evidence, role, raw, owning) values ($1, $2, 'manual', 'household', 'дом', false)`,
    [herId, identity.id],
  )
  const erasureId = await erase(id, 'Пётр')
  expect(await one(`select certificate ->> 'sharedIdentities' as shared from erasures where id = $1`, [erasureId])).toEqual({ shared: '1' })
  expect(await one(`select value from identities where value = '+79031234567'`)).toEqual({ value: '+79031234567' })
  await deliver([message(key, { name: 'Пётр', identities: [] }, 'привет')], 'again')
  expect((await hub.pool.query(`select 1 from entries where event_key = $1`, [key])).rowCount).toBe(0)
})

test('bytes that are no text give him up too, in a row as in a file', async () => {
  await deliver([message('m20', { name: 'Лев', identities: [{ kind: 'phone', value: '+79037654321', evidence: 'attested' }] }, 'здравствуйте')])
  const bytes = Buffer.concat([Buffer.from([0, 0xff, 0xe9]), Buffer.from(' +7 (903) 765-43-21 '), Buffer.from([0xfe])])
  await hub.files.write('deliveries/large', bytes)
  const plant = (id: string, body: Buffer | null, file: string | null) =>
    hub.pool.query(
      `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, body_file, size, sha256, status, received_at)
       values ($1::uuid, $2, $1::text, 'POST', '', '', '{}', $3, $4, 1, '', 'parked', now())`,
      [id, hub.channelId, body, file],
    )
  const [inRow, inFile] = [newId(), newId()]
  await plant(inRow, bytes, null)
  await plant(inFile, null, 'deliveries/large')
  const { id: contactId } = await one<{ id: string }>(`select id from contacts where name = 'Лев'`)
  await erase(contactId, 'Лев')
  const { rows } = await hub.pool.query<{ body: Buffer | null; file: string | null }>(
    'select body, body_file as file from deliveries where id = any($1)',
    [[inRow, inFile]],
  )
  for (const { body, file } of rows) expect([file, body?.includes('765-43-21')]).toEqual([null, false])
  expect(rows).toHaveLength(2)
})

test('every column that can hold text is declared', async () => {
  const { rows } = await hub.pool.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.udt_name in ('text', 'varchar', 'bpchar', 'citext', 'json', 'jsonb', 'bytea', '_text', '_varchar', '_jsonb', 'tsvector', 'xml', 'inet')`,
  )
  const rules = new Map(personalData.map((rule) => [rule.table, rule]))
  const undeclared = rows.filter(({ table, column }) => {
    if (table in tablesWithoutClients) return false
    const rule = rules.get(table)
    return !rule?.mentions?.includes(column) && !(rule?.safe && column in rule.safe)
  })
  expect(undeclared, 'say in src/core/erasure/personal-data.ts how a person is erased from these').toEqual([])
  const tables = await hub.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const known = [...rules.keys(), ...Object.keys(tablesWithoutClients)]
  expect(tables.rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
})
