import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, addEntry, addUser, admin, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { fc } from '../../../tests/support/dice.ts'
import { createCompany } from '../companies/change-company.ts'
import { search } from './search.ts'
import { entriesByText } from './search-store.ts'
import { cutSnippet } from './snippet.ts'

let db: TestDatabase
let contactId: string
beforeAll(async () => {
  db = await testDatabase()
  contactId = await addContact(db.pool, 'Ольга Счетова', [{ kind: 'phone', value: '+79167770001' }])
  await addEntry(db.pool, { contactId, at: new Date('2019-01-01T00:00:00Z'), text: 'Отправьте счета за доставку, пожалуйста' })
  await addEntry(db.pool, {
    contactId,
    at: new Date('2026-01-01T00:00:00Z'),
    subject: 'Счёт № 5',
    text: 'The invoices were delivered <b>yesterday</b>',
  })
  await addEntry(db.pool, { contactId, text: 'ничего общего' })
  await createCompany(db, { name: 'Счета и право' })
})
afterAll(() => db.close())

const texts = async (query: string) =>
  (await search(db, admin.actor, { query, kind: 'entry', limit: 10 })).items.map((hit) => (hit.kind === 'entry' ? hit.entry.text.slice(0, 12) : ''))

test('finds what was said in any Russian and English word form, over the whole history, ё and е alike', async () => {
  expect(await texts('счёт доставка')).toEqual(['Отправьте сч'])
  expect(await texts('счет')).toEqual(['The invoices', 'Отправьте сч'])
  expect(await texts('invoice delivering')).toEqual(['The invoices'])
  expect(await texts('доставка -счёт')).toEqual([])
  expect(await texts('"&|!:* (')).toEqual([])
})

test('gives cards first, then companies, then what was said, page by page', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await search(db, admin.actor, { query: 'счета', limit: 1, cursor })
    expect(page.items.length).toBeLessThanOrEqual(1)
    seen.push(...page.items.map((hit) => hit.kind))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(['contact', 'company', 'entry', 'entry'])
  expect((await search(db, admin.actor, { query: '8 916 777-00-01', limit: 5 })).items).toMatchObject([
    { kind: 'contact', contact: { id: contactId } },
  ])
})

test('shows nothing of strangers’ cards', async () => {
  const me = operator(await addUser(db.pool), { ownClientsOnly: true })
  expect((await search(db, me.actor, { query: 'счета', limit: 10 })).items).toEqual([])
})

test('marks the hits in the text as it was written, as plain text', async () => {
  const { items } = await search(db, admin.actor, { query: 'счет invoices', kind: 'entry', limit: 10 })
  const [hit] = items
  if (hit?.kind !== 'entry') throw new Error('nothing found')
  expect(hit.snippet.map((part) => part.text).join('')).toBe('Счёт № 5 The invoices were delivered <b>yesterday</b>')
  expect(hit.snippet.filter((part) => part.hit).map((part) => part.text)).toEqual(['Счёт', 'invoices'])
})

test('cuts a snippet round the first hit, whatever the text', () => {
  const marked = `${'word '.repeat(100)}\uE000hit\uE001${' tail'.repeat(100)}`
  const plain = marked.replaceAll(/[\uE000\uE001]/g, '')
  const parts = cutSnippet(plain, marked)
  expect(parts.filter((part) => part.hit)).toEqual([{ text: 'hit', hit: true }])
  expect(parts.map((part) => part.text).join('').length).toBeLessThan(260)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const text = `${before}x${after}`.replaceAll(/[\uE000\uE001]/g, '')
      const joined = cutSnippet(text, text).map((part) => part.text)
      expect(text.startsWith(joined.join('').replace(/…$/, '').slice(0, 200))).toBe(true)
    }),
  )
})

test('uses the index of word forms', async () => {
  await db.pool.query(
    `insert into entries (id, contact_id, kind, text, occurred_at, received_at, sort_at) select gen_random_uuid(), $1, 'message', 'filler ' || n, now(), now(), now() from generate_series(1, 5000) n`,
    [contactId],
  )
  await db.pool.query('analyze entries')
  const { rows } = await db.pool.query<{ 'QUERY PLAN': string }>(`explain ${entriesByText(admin.actor)}`, ['счёт доставка', null, null, 10])
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('entries_text_search')
})
