import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { ru } from '../i18n/ru.ts'
import { ruLater } from '../i18n/ru-later.ts'
import { ruOffice } from '../i18n/ru-office.ts'
import { refusalKey } from './refusal-words.ts'
import { errorWords } from './tell.ts'

beforeAll(() =>
  i18next.init({ lng: 'ru', resources: { ru: { translation: { ...ru, ...ruLater, ...ruOffice } } }, interpolation: { escapeValue: false } }),
)

const refused = (code: string, message: string, data: object = {}) =>
  Object.assign(new Error(message), { status: 400, code, data: { code, ...data } })

test('a refusal is told in the language of the console, with its figures', () => {
  expect(errorWords(refused('invalid_request', 'Choose at most 366 days.'))).toBe('Выберите не больше 366 дней.')
  expect(errorWords(refused('conflict', 'A rule sends it: Каталог.'))).toBe('Этот шаблон отправляет правило: Каталог.')
  expect(errorWords(refused('conflict', 'The title alone'))).toBe('Это успел изменить кто-то другой: посмотрите ещё раз')
})

test('a field is called as the form calls it', () => {
  const issues = [
    { path: 'apiKey', code: 'invalid_type', message: 'Invalid input: expected string, received undefined' },
    { path: 'port', code: 'custom', message: 'says the connector' },
  ]
  const titles: Record<string, string> = { apiKey: 'Ключ API' }
  expect(errorWords(refused('invalid_settings', 'apiKey: …', { issues }), (path) => titles[path])).toBe(
    'Ключ API: не заполнено или заполнено не тем; port: says the connector',
  )
})

/** What only programs are told, and sentences with a name in them. */
const untold = [/^only_a_user_/, /^(there_is_no_variable|has_taken_it_already|the_import_is|is_the_number_of|knows_no_approved_templates)$/]

test('every sentence with which core refuses people has words, and no words are left over', () => {
  const folder = join(import.meta.dirname, '../../core')
  const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name, parentPath }) => /(?<!\.test)\.ts$/.test(name) && !parentPath.includes('generated'))
    .map(({ name, parentPath }) => readFileSync(join(parentPath, name), 'utf8'))
  const refusal = /new CoreError\(\s*'(?:invalid_request|conflict|unsupported|check_failed)',\s*(?:'((?:[^'\\]|\\.)*)'|`([^`]*)`)/g
  const keys = sources.flatMap((source) =>
    [...source.matchAll(refusal)].map(([, plain, made]) => refusalKey(plain ?? (made ?? '').replaceAll(/\$\{[^}]*\}/g, ''))),
  )
  expect(keys.length).toBeGreaterThan(50)
  const known = new Set(Object.keys(ruOffice.refusal))
  expect(keys.filter((key) => !known.has(key) && !untold.some((pattern) => pattern.test(key)))).toEqual([])
  expect([...known].filter((key) => key !== 'issue' && !keys.includes(key))).toEqual([])
})
