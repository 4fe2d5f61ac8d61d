import { expect, test } from 'vitest'
import { fc } from '../../../../tests/support/dice.ts'
import type { ColumnMapping, ColumnTarget } from '../import.ts'
import { findHead, signatureOf } from './find-head.ts'
import { guessMapping } from './guess-mapping.ts'
import { orderShown, readDate } from './read-date.ts'
import { type ReadingContext, readDraft } from './read-draft.ts'
import { splitPhones } from './split-phones.ts'

const targets = (heads: string[], sample: string[][] = []) => guessMapping(heads, sample).map(({ target }) => target)

test.each<[string[], ColumnTarget[]]>([
  [
    ['ФИО', 'Мобильный телефон', 'E-mail', 'Организация', 'Менеджер', 'Дата рождения', 'Город'],
    ['name', 'phone', 'email', 'company', 'owner', 'date', 'field'],
  ],
  [
    ['Фамилия', 'Имя', 'Отчество', 'Тел.', 'Эл. почта', 'Комментарий'],
    ['lastName', 'firstName', 'middleName', 'phone', 'email', 'field'],
  ],
  [
    ['First name', 'Last name', 'Phone', 'Email', 'Company', 'Owner', 'Website'],
    ['firstName', 'lastName', 'phone', 'email', 'company', 'owner', 'companyDomain'],
  ],
  [
    ['Название компании', 'ИНН', 'Сайт', 'Контактное лицо', 'Рабочий телефон', 'Другой телефон'],
    ['company', 'companyField', 'companyDomain', 'name', 'phone', 'phone'],
  ],
  [
    ['Клиент', 'ИНН', 'Сайт'],
    ['name', 'field', 'field'],
  ],
])('guesses %j', (heads, expected) => {
  expect(targets(heads)).toEqual(expected)
})

test('without heads it looks at what stands in the columns', () => {
  const rows = [
    ['Анна', '8 916 123-45-67', 'anna@example.com'],
    ['Иван', '+7 903 111-22-33', 'ivan@example.com'],
  ]
  expect(targets(['', '', ''], rows)).toEqual(['field', 'phone', 'email'])
})

test('finds the head below a title, and knows a file without one', () => {
  const head = findHead([
    { number: 1, cells: ['База 2026'] },
    { number: 3, cells: ['Имя', 'Телефон', 'Город'] },
    { number: 4, cells: ['Анна', '8 916 123-45-67', 'Омск', 'x'] },
  ])
  expect(head).toEqual({ headers: ['Имя', 'Телефон', 'Город', ''], firstData: 4 })
  expect(findHead([{ number: 1, cells: ['Анна', '8 916 123-45-67'] }])).toEqual({ headers: ['', ''], firstData: 1 })
  expect(signatureOf(['Имя ', 'ТЕЛЕФОН'])).toBe(signatureOf(['имя', 'Телефон']))
  expect(signatureOf(['Имя'])).not.toBe(signatureOf(['Имя', '']))
})

const raws = (cell: string) => splitPhones(cell, 'RU').map(({ raw, isOffice }) => (isOffice ? `${raw} (office)` : raw))

test.each([
  ['8 916 123-45-67', ['8 916 123-45-67']],
  ['8 916 123-45-67, 8 (495) 765-43-21', ['8 916 123-45-67', '8 (495) 765-43-21']],
  ['89161234567;89031112233', ['89161234567', '89031112233']],
  ['89161234567 / 89031112233', ['89161234567', '89031112233']],
  ['8 916 123-45-67\n8 903 111-22-33', ['8 916 123-45-67', '8 903 111-22-33']],
  ['8 916 123-45-67 и 8 903 111-22-33', ['8 916 123-45-67', '8 903 111-22-33']],
  ['8 916 123-45-67 8 903 111-22-33', ['8 916 123-45-67', '8 903 111-22-33']],
  ['8 (495) 123-45-67 доб. 12', ['8 (495) 123-45-67 доб. 12 (office)']],
  ['8 (495) 123-45-67, доб. 12; 8 916 123-45-67', ['8 (495) 123-45-67 доб. 12 (office)', '8 916 123-45-67']],
  ['+7 495 123-45-67 ext. 305', ['+7 495 123-45-67 доб. 305 (office)']],
  ['8(495)1234567(доб.7)', ['8(495)1234567 доб. 7 (office)']],
  ['', []],
])('takes %j apart', (cell, expected) => {
  expect(raws(cell)).toEqual(expected)
})

test('a cell full of digits is taken apart at once, or left as it is', () => {
  expect(splitPhones(`${'030 12 34 56 78 '.repeat(40)}12345678901234567890`, 'DE')).toHaveLength(1)
  expect(splitPhones('8 916 123-45-67 '.repeat(40), 'RU')).toHaveLength(40)
})

test.each([
  ['31.12.1980', 'dmy', '1980-12-31'],
  ['03.04.2021', 'mdy', '2021-04-03'],
  ['3/4/2021', 'dmy', '2021-04-03'],
  ['3/4/2021', 'mdy', '2021-03-04'],
  ['31/12/80', 'mixed', '1980-12-31'],
  ['12/31/80', 'mixed', '1980-12-31'],
  ['5/5/2021', 'mixed', '2021-05-05'],
  ['2021-03-04 10:00', 'dmy', '2021-03-04'],
  ['2 марта 1985 г.', 'dmy', '1985-03-02'],
  ['1 мая 2020', 'dmy', '2020-05-01'],
  ['7 Aug 2019', 'dmy', '2019-08-07'],
  ['01.02.05', 'dmy', '2005-02-01'],
] as const)('reads the date %s in a column of %s', (cell, order, date) => {
  expect(readDate(cell, order)).toEqual({ date })
})

test('a date that could be either is refused where the column has both orders, and nonsense everywhere', () => {
  expect(orderShown('13/4/2021')).toBe('dmy')
  expect(orderShown('4/13/2021')).toBe('mdy')
  expect(orderShown('4/5/2021')).toBeUndefined()
  expect(readDate('3/4/2021', 'mixed')).toEqual({ fault: 'date_ambiguous' })
  for (const cell of ['32.01.2020', '29.02.2021', 'вчера', '0000-00-00', '1/2']) expect(readDate(cell, 'dmy')).toEqual({ fault: 'date_unreadable' })
})

const context = (mapping: ColumnMapping[], changes: Partial<ReadingContext> = {}): ReadingContext => ({
  mapping,
  country: 'RU',
  own: new Set(),
  dateOrders: [],
  users: new Map([['olga@x.ru', 'u1']]),
  ...changes,
})
const column = (target: ColumnTarget, name: string = target): ColumnMapping => ({ target, name })

test('a row is a person with addresses, a company and fields; what cannot be read stays as it was', () => {
  const mapping = [
    column('lastName'),
    column('firstName'),
    column('phone', 'Телефоны'),
    column('email'),
    column('company'),
    column('companyDomain'),
    column('companyField', 'ИНН'),
    column('owner', 'Менеджер'),
    column('field', 'Город'),
    column('ignore'),
  ]
  const cells = ['Щукин', 'Пётр', '8 916 123-45-67, 12-34', 'P@X.ru; нет', 'ООО «Вход»', 'https://www.Vhod.ru/x', '77', 'Кто-то', 'Омск', 'x']
  expect(readDraft(cells, context(mapping))).toEqual({
    name: 'Щукин Пётр',
    identities: [
      { kind: 'phone', value: '+79161234567', raw: '8 916 123-45-67', role: 'personal' },
      { kind: 'email', value: 'p@x.ru', raw: 'P@X.ru', role: 'personal' },
    ],
    company: { name: 'ООО «Вход»', domain: 'vhod.ru', fields: { ИНН: '77' } },
    ownerId: null,
    language: null,
    fields: { Телефоны: '12-34', Менеджер: 'Кто-то', Город: 'Омск' },
    faults: [],
    notes: [
      { code: 'phone_unreadable', column: 2, value: '12-34' },
      { code: 'owner_unknown', column: 7, value: 'Кто-то' },
    ],
  })
})

test('our own number is nobody’s; a colleague is found by e-mail; without a company its fields are the person’s', () => {
  const own = new Set(['phone\u0001+79161234567'])
  const draft = readDraft(
    ['Анна', '8 916 123-45-67', 'Olga@X.ru', '77'],
    context([column('name'), column('phone'), column('owner'), column('companyField', 'ИНН')], { own }),
  )
  expect(draft).toMatchObject({ identities: [], ownerId: 'u1', fields: { ИНН: '77' }, company: null })
})

test('no row breaks the reading, and nothing comes out that the database cannot hold', () => {
  const mapping = (['name', 'phone', 'email', 'company', 'companyDomain', 'owner', 'date', 'field'] as const).map((target) => column(target))
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }), (cells) => {
      const draft = readDraft(cells, context(mapping))
      expect(draft.name.length).toBeLessThanOrEqual(300)
      for (const { value } of draft.identities) expect(value).not.toBe('')
    }),
    { numRuns: 1_000 },
  )
})
