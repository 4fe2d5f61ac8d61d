import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createContact } from '../../src/core/contacts/create-contact.ts'
import { editContact } from '../../src/core/contacts/edit-contact.ts'
import { listContacts } from '../../src/core/contacts/list-contacts.ts'
import { mergeContacts } from '../../src/core/contacts/merge-contacts.ts'
import { cancelImport, changeMapping, discardImport, startImport, undoImport } from '../../src/core/imports/change-import.ts'
import { deleteForgotten } from '../../src/core/imports/import-store.ts'
import { presentImport } from '../../src/core/imports/present-import.ts'
import { runImport } from '../../src/core/imports/run-imports.ts'
import { openLead } from '../../src/core/leads/change-lead.ts'
import { addEntry, addUser, admin } from '../support/cards.ts'
import { type ImportGround, importGround } from '../support/imports.ts'

// Thousands of rows on a machine that others use too.
vi.setConfig({ testTimeout: 240_000 })

let ground: ImportGround
beforeEach(async () => {
  ground = await importGround()
})
afterEach(() => ground.close())

const phone = (n: number) => `+7916${String(1_000_000 + n)}`
const table = (...rows: string[]) => ['ФИО;Телефон;Почта;Компания;Город', ...rows].join('\n')
const people = (count: number) => table(...Array.from({ length: count }, (_, n) => `Клиент ${n};${phone(n)};c${n}@x.ru;Фирма ${n % 7};Омск`))
const card = (name: string, ...phones: number[]) =>
  createContact(
    ground,
    { name, stage: 'lead', identities: phones.map((n) => ({ kind: 'phone', value: phone(n), role: 'personal' as const })) },
    admin,
  )
const contacts = async (query?: string) => (await listContacts(ground, admin.actor, { limit: 200, ...(query && { query }) })).items
const count = async (from: string) => Number((await ground.pool.query(`select count(*) as count from ${from}`)).rows[0]?.count)
/** A table in, checked and made into cards. */
async function importTable(text: string, options = {}) {
  const { id } = await ground.take(text)
  await ground.check(id, options)
  return await ground.run(id)
}
async function undo(id: string) {
  await undoImport(ground, id, admin)
  await runImport(ground, id)
  return await presentImport(ground.pool, id)
}
/** All that clients are made of. */
async function dump(): Promise<unknown> {
  const tables = ['contacts', 'identities', 'contact_identities', 'companies', 'merge_suggestions']
  const dumped = await Promise.all(
    tables.map((name) => ground.pool.query(`select to_jsonb(t) - 'updated_at' as row from ${name} t order by t::text`)),
  )
  return dumped.map(({ rows }) => rows)
}

describe('matching', () => {
  test('a known phone or e-mail leads to its card, which gets what it lacks and keeps what it has', async () => {
    const { id } = await card('Анна', 1)
    await editContact(ground, id, { fields: { Город: 'Пермь' } }, admin)
    const done = await importTable(table(`Анна Петрова;8 916 100-00-01;anna@x.ru;ООО «Вход»;Омск`))
    expect(done.counts).toMatchObject({ verdicts: { matched: 1 }, outcomes: { updated: 1 } })
    const [anna] = await contacts('anna@x.ru')
    expect(anna).toMatchObject({ id, name: 'Анна', stage: 'lead', fields: { Город: 'Пермь' } })
    expect(anna?.companyId).not.toBeNull()
    expect(anna?.identities.map(({ value, evidence }) => [value, evidence])).toEqual([
      [phone(1), 'manual'],
      ['anna@x.ru', 'manual'],
    ])
  })

  test('told to, it takes what the file says', async () => {
    const { id } = await card('Анна', 1)
    await importTable(table(`Анна Петрова;${phone(1)};;;Омск`), { onMatch: 'overwrite' })
    expect(await contacts()).toMatchObject([{ id, name: 'Анна Петрова', fields: { Город: 'Омск' } }])
  })

  test('another name on a known phone is doubtful: left out, or a card of its own with a suggestion', async () => {
    const known = await card('Анна', 1)
    const text = table(`Борис;${phone(1)};;;`)
    expect((await importTable(text)).counts).toMatchObject({ verdicts: { doubtful: 1 }, outcomes: { skipped: 1 } })
    expect(await contacts()).toHaveLength(1)
    expect((await importTable(text, { doubtful: 'import' })).counts.outcomes).toEqual({ created: 1 })
    expect(await contacts()).toHaveLength(2)
    expect(await count(`merge_suggestions where status = 'open' and '${known.id}' in (first_id, second_id)`)).toBe(1)
    expect(await count(`contact_identities where owning and contact_id = '${known.id}'`)).toBe(1)
  })

  test('addresses of two cards are doubtful, told with the address; two that are shown as one card are not', async () => {
    const [one, two] = [await card('Анна', 1), await card('Анна', 2)]
    const text = table(`Анна;${phone(1)}, ${phone(2)};;;`)
    const { id } = await ground.take(text)
    expect((await ground.check(id)).counts.verdicts).toEqual({ doubtful: 1 })
    expect((await ground.rows(id))[0]?.reasons).toMatchObject([{ code: 'several_cards' }])
    await mergeContacts(ground, { fromId: one.id, intoId: two.id }, admin)
    expect((await ground.check(id)).counts.verdicts).toEqual({ matched: 1 })
  })

  test('rows of one file meet each other: the same person once, another name on his phone is told', async () => {
    const { id } = await ground.take(table(`Анна;${phone(1)};;;`, `Анна;${phone(1)};anna@x.ru;;`, `Борис;${phone(1)};;;`, 'Вера;;;;', 'Вера;;;;'))
    expect((await ground.check(id)).counts.verdicts).toEqual({ new: 2, matched: 1, doubtful: 2 })
    expect((await ground.run(id)).counts.outcomes).toEqual({ created: 2, updated: 1, skipped: 2 })
    expect(await contacts()).toHaveLength(2)
  })

  test('a colleague is found by name or e-mail, whoever is named twice by e-mail alone', async () => {
    const ids = [await addUser(ground.pool, 'Ольга Реброва'), await addUser(ground.pool, 'Иван'), await addUser(ground.pool, 'Иван')]
    await importTable(`Имя;Телефон;Менеджер\nА;${phone(1)};ольга реброва\nБ;${phone(2)};${ids[1]}@EXAMPLE.com\nВ;${phone(3)};Иван`)
    const owners = new Map((await contacts()).map(({ name, ownerId, fields }) => [name, ownerId ?? fields]))
    expect(owners).toEqual(
      new Map<string, unknown>([
        ['А', ids[0]],
        ['Б', ids[1]],
        ['В', { Менеджер: 'Иван' }],
      ]),
    )
  })

  test('an office number with an extension makes nobody one person', async () => {
    await importTable(table('Анна;8 (495) 765-43-21 доб. 1;;ООО Вход;', 'Борис;8 (495) 765-43-21 доб. 2;;"ООО ""ВХОД""";'))
    expect(await contacts()).toHaveLength(2)
    expect(await count('companies')).toBe(1)
    expect(await count(`contact_identities where role = 'switchboard'`)).toBe(2)
  })

  test('a row of a company alone makes the company, with its details', async () => {
    const text = 'Компания;ИНН;Сайт\nООО «Вход»;77;www.vhod.ru\nООО «Выход»;78;\n'
    expect((await importTable(text)).counts).toMatchObject({ verdicts: { new: 2 }, outcomes: { created: 2 } })
    expect((await importTable(text)).counts).toMatchObject({ verdicts: { matched: 2 }, outcomes: { unchanged: 2 } })
    const { rows } = await ground.pool.query('select name, domain, fields from companies order by name')
    expect(rows).toEqual([
      { name: 'ООО «Вход»', domain: 'vhod.ru', fields: { ИНН: '77' } },
      { name: 'ООО «Выход»', domain: null, fields: { ИНН: '78' } },
    ])
  })

  test('dates of both orders in one column: those that tell themselves are read, the others are told, each in its row', async () => {
    const { id } = await ground.take(
      `Имя;Телефон;Дата\nА;${phone(1)};31/12/2020\nБ;${phone(2)};12/31/2020\nВ;${phone(3)};03/04/2020\nГ;${phone(4)};03.04.2020\n`,
    )
    expect((await ground.check(id)).counts.verdicts).toEqual({ new: 3, broken: 1 })
    expect((await ground.rows(id)).map(({ read, reasons }) => read.fields.Дата ?? reasons[0]?.code)).toEqual([
      '2020-12-31',
      '2020-12-31',
      'date_ambiguous',
      '2020-04-03',
    ])
  })
})

describe('the way', () => {
  test('the dry run changes nothing; the same file again makes nothing', async () => {
    const before = await dump()
    const { id } = await ground.take(people(50))
    await ground.check(id)
    expect(await dump()).toEqual(before)
    await ground.run(id)
    const after = await dump()
    expect((await importTable(people(50))).counts.outcomes).toEqual({ unchanged: 50 })
    expect(await dump()).toEqual(after)
  })

  test('the mapping is remembered by the headers', async () => {
    const first = await ground.take(people(3))
    const mapping = first.mapping.with(4, { target: 'field', name: 'Место' })
    await changeMapping(ground, first.id, { mapping })
    await ground.check(first.id)
    await ground.run(first.id)
    expect(await ground.take(people(1).toUpperCase())).toMatchObject({ remembered: true, mapping })
    expect(await ground.take('Имя;Телефон\nА;1\n')).toMatchObject({ remembered: false })
  })

  test('stopped, it stands still and says how far it came; it goes on where it stood', async () => {
    const { id } = await ground.take(people(3_000))
    await ground.check(id)
    await startImport(ground, id, admin)
    const running = runImport(ground, id)
    await expect.poll(() => count('contacts'), { interval: 5, timeout: 60_000 }).toBeGreaterThan(0)
    await cancelImport(ground, id, admin)
    await running
    const stopped = await presentImport(ground.pool, id)
    expect(stopped.status).toBe('cancelled')
    expect(stopped.done).toBeLessThan(3_000)
    expect(await count('contacts')).toBe(stopped.done)
    expect((await ground.run(id)).counts.outcomes).toEqual({ created: 3_000 })
    expect(await count('contacts')).toBe(3_000)
  })

  test('three workers at once double nothing', async () => {
    const { id } = await ground.take(people(1_000))
    await ground.check(id)
    await startImport(ground, id, admin)
    await Promise.all([runImport(ground, id), runImport(ground, id), runImport(ground, id)])
    expect((await presentImport(ground.pool, id)).counts.outcomes).toEqual({ created: 1_000 })
    expect(await count('contacts')).toBe(1_000)
    expect(await count('identities')).toBe(2_000)
    expect(await count('companies')).toBe(7)
  })

  test('a row that the database refuses is told, and its neighbours are in', async () => {
    await ground.pool.query(`create function refuse() returns trigger language plpgsql as $$ begin
      if new.name = 'Клиент 5' then raise exception 'not this one'; end if; return new; end $$`)
    await ground.pool.query('create trigger refuse before insert on contacts for each row execute function refuse()')
    expect((await importTable(people(20))).counts).toMatchObject({ verdicts: { new: 19, broken: 1 }, outcomes: { created: 19, skipped: 1 } })
    const { rows } = await ground.pool.query(`select reasons from import_rows where verdict = 'broken'`)
    expect(rows).toEqual([{ reasons: [{ code: 'not_stored', value: 'not this one' }] }])
    expect(await count('identities')).toBe(38)
  })

  test('consoles hear of an import a few times, and once that there are new cards', async () => {
    await importTable(people(2_000))
    const { rows } = await ground.pool.query<{ type: string; count: number }>('select type, count(*)::int from live_events group by type')
    const heard = new Map(rows.map(({ type, count: times }) => [type, times]))
    expect(heard.get('contacts.changed')).toBe(1)
    expect(heard.get('contact.created')).toBeUndefined()
    expect(heard.get('import.changed')).toBeLessThan(40)
  })

  test('a file that nobody started is forgotten after a month', async () => {
    await ground.take(people(3))
    await deleteForgotten(ground.pool, 30)
    expect(await count('import_rows')).toBe(3)
    await ground.pool.query(`update imports set created_at = now() - interval '31 days'`)
    await deleteForgotten(ground.pool, 30)
    expect([await count('imports'), await count('import_rows')]).toEqual([0, 0])
  })

  test('acts out of turn are refused, and what is over can be forgotten', async () => {
    const { id } = await ground.take(people(2))
    await expect(startImport(ground, id, admin)).rejects.toMatchObject({ code: 'conflict' })
    await expect(undoImport(ground, id, admin)).rejects.toMatchObject({ code: 'conflict' })
    await expect(changeMapping(ground, id, { mapping: [] })).rejects.toMatchObject({ code: 'invalid_request' })
    await discardImport(ground, id, admin)
    expect([await count('imports'), await count('import_rows')]).toEqual([0, 0])
    expect((await ground.take('Имя;Телефон\n')).error).toEqual({ code: 'no_rows' })
  })

  test('each act stands in the audit', async () => {
    const { id } = await importTable(people(2))
    await undo(id)
    const { rows } = await ground.pool.query('select action from audit where subject = $1 order by at', [id])
    expect(rows.map(({ action }) => action)).toEqual(['import.created', 'import.started', 'import.undone'])
  })
})

describe('undoing', () => {
  test('leaves everything as it was, bit by bit', async () => {
    const { id: annaId } = await card('Анна', 1)
    await editContact(ground, annaId, { fields: { Город: 'Пермь' } }, admin)
    const before = await dump()
    const { id } = await importTable(`${people(700)}\n;;;;nobody`, { onMatch: 'overwrite', doubtful: 'import' })
    expect(await count('contacts')).toBe(701)
    expect(await undo(id)).toMatchObject({ status: 'undone', total: 701, counts: { gone: 700, kept: 0 } })
    expect(await dump()).toEqual(before)
  })

  test('puts back what it changed, unless somebody changed it since', async () => {
    const [anna, boris] = [await card('Анна', 1), await card('Борис', 2)]
    const { id } = await importTable(table(`Анна;${phone(1)};;Фирма;Омск`, `Борис;${phone(2)};b@x.ru;;Омск`))
    await editContact(ground, boris.id, { fields: { Город: 'Тула' } }, admin)
    expect((await undo(id)).counts).toMatchObject({ restored: 1, kept: 1 })
    const [first, second] = [await contacts(phone(1)), await contacts(phone(2))]
    expect(first).toMatchObject([{ id: anna.id, fields: {}, companyId: null }])
    expect(second).toMatchObject([{ id: boris.id, fields: { Город: 'Тула' } }])
    expect(second[0]?.identities).toHaveLength(1)
    expect((await ground.rows(id)).map(({ undone }) => undone)).toEqual(['restored', 'changed_since'])
    expect(await count('companies')).toBe(0)
  })

  test('keeps each card on which something hangs, and says what', async () => {
    const { id } = await importTable(people(7))
    const made = new Map((await contacts()).map((contact) => [contact.name, contact.id]))
    const of = (n: number) => made.get(`Клиент ${n}`) ?? ''
    await addEntry(ground.pool, { contactId: of(0), text: 'wrote' })
    await openLead(ground, { contactId: of(1), topic: 'windows' }, admin)
    await editContact(ground, of(2), { name: 'Клиент Второй' }, admin)
    await mergeContacts(ground, { fromId: of(3), intoId: of(4) }, admin)
    await addUser(ground.pool)
    const undone = await undo(id)
    expect(undone.counts).toMatchObject({ gone: 2, kept: 5 })
    expect((await ground.rows(id)).map((row) => row.undone)).toEqual(['has_entries', 'has_leads', 'edited', 'merged', 'merged', 'gone', 'gone'])
    expect((await contacts()).map(({ name }) => name).toSorted()).toEqual(['Клиент 0', 'Клиент 1', 'Клиент 4', 'Клиент Второй'])
    expect(await count('companies')).toBe(5)
  })

  test('a stopped import is undone as far as it came; a second import of the same people keeps its own', async () => {
    const { id } = await importTable(people(30))
    const second = await importTable(people(30).replaceAll(';Омск', ';Омск2').replace('Город', 'Улица'))
    expect(second.counts.outcomes).toEqual({ updated: 30 })
    expect((await undo(id)).counts).toMatchObject({ gone: 0, kept: 30 })
    expect((await undo(second.id)).counts).toMatchObject({ restored: 30 })
    expect((await contacts())[0]?.fields).toEqual({ Город: 'Омск' })
  })
})

test('20 000 rows, from the file to the cards', { timeout: 240_000 }, async () => {
  const laps: number[] = []
  const lap = async <Result>(work: Promise<Result>): Promise<Result> => {
    const at = performance.now()
    const result = await work
    laps.push(Math.round(performance.now() - at) / 1_000)
    return result
  }
  const { id } = await lap(ground.take(people(20_000)))
  await lap(ground.check(id))
  expect((await lap(ground.run(id))).counts.outcomes).toEqual({ created: 20_000 })
  process.stdout.write(`20 000 rows: read ${laps[0]} s, checked ${laps[1]} s, made into cards ${laps[2]} s\n`)
  expect(await count('contacts')).toBe(20_000)
})
