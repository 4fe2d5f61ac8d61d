import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { en as enFirst } from './en.ts'
import { enLater } from './en-later.ts'
import { enOffice } from './en-office.ts'
import { ru as ruFirst } from './ru.ts'
import { ruLater } from './ru-later.ts'
import { ruOffice } from './ru-office.ts'

const ru = { ...ruFirst, ...ruLater, ...ruOffice }
const en = { ...enFirst, ...enLater, ...enOffice }
const folder = join(import.meta.dirname, '..')

test('both languages say the same things with the same variables', () => {
  const english = flat(en)
  const russian = flat(ru)
  expect([...english.keys()].sort((a, b) => a.localeCompare(b))).toEqual([...russian.keys()].sort((a, b) => a.localeCompare(b)))
  const variables = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1] ?? '').sort((a, b) => a.localeCompare(b))
  for (const [key, text] of russian) expect(variables(english.get(key)), key).toEqual(variables(text))
})

test('no text is empty, and English holds no Russian', () => {
  for (const [key, text] of flat(ru)) expect(text.trim(), key).not.toBe('')
  for (const [key, text] of flat(en)) expect(text, key).toMatch(/^[^а-яё]+$/iu)
})

test('every text that code asks for is there', () => {
  const known = flat(ru)
  const asked = [...components()].flatMap(({ code }) => [...code.matchAll(/\bt\('([\w.]+)'/g)].map((found) => found[1] ?? ''))
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter((key) => !known.has(key))).toEqual([])
})

test('what comes without the texts of the office asks for none of them', () => {
  const alone = ['main.tsx', 'shell/shell.tsx', 'scenes/waiting/waiting-scene.tsx', 'scenes/ringing/ringing.tsx']
  const lazily = ['scenes/player/player.tsx', 'scenes/calls/checklist-marks.tsx', 'scenes/conversation/approved-picker.tsx']
  const office = new Set(Object.keys(ruOffice))
  const files = closureOf([...alone, ...lazily].map((file) => join(folder, file)))
  expect(files.size).toBeGreaterThan(100)
  const asked = [...files].flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bt\(['`](\w+)\./g)].map((found) => found[1] ?? ''))
  expect(asked.filter((word) => office.has(word))).toEqual([])
})

test('no component holds words of its own', () => {
  const own = [...components()].flatMap(({ name, code }) => wordsIn(code).map((words) => `${name}: ${words}`))
  expect(own).toEqual([])
})

test('words in a component are seen', () => {
  expect(wordsIn('<p>Something here</p>\n<b title="Close it" />\n<i>{\'Отправить\'}</i>')).toEqual(['Something here', 'Close it', 'Отправить'])
  expect(wordsIn("<p className={classes.x}>{t('a.b')}</p> /* Words of a comment. */")).toEqual([])
})

/** The chat for other sites is no part of the console: its words, in both languages, are one file of its own. */
const wordsOfWidget = join(folder, 'widget', 'texts.ts')

/** Names of languages, in themselves; the key's name. */
const allowed = new Set(['Русский', 'English', 'Switchboard', 'Ctrl K'])

function wordsIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const between = [...code.matchAll(/<\/?[a-z][^<>]*>([^<>{}=;()]*[\p{L}]{2,}[^<>{}=;()]*)<\//giu)]
  const attributes = [...code.matchAll(/\b(?:title|aria-label|placeholder|label|alt)="([^"]*\p{L}[^"]*)"/gu)]
  const cyrillic = [...code.matchAll(/['"`]([^'"`\n]*[а-яё][^'"`\n]*)['"`]/giu)]
  return [...between, ...attributes, ...cyrillic].map((found) => (found[1] ?? '').trim()).filter((words) => words !== '' && !allowed.has(words))
}

function* components(): Iterable<{ name: string; code: string }> {
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!/\.tsx?$/.test(file.name) || file.name.includes('.test.') || file.parentPath.includes('i18n')) continue
    const path = join(file.parentPath, file.name)
    if (path !== wordsOfWidget) yield { name: file.name, code: readFileSync(path, 'utf8') }
  }
}

/** A file and all that it imports at once; scenes behind the router come with all texts. */
function closureOf(entries: string[], seen = new Set<string>()): Set<string> {
  for (const file of entries.filter((one) => !seen.has(one) && !one.endsWith('router.tsx') && existsSync(one))) {
    seen.add(file)
    const imported = [...readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+\.tsx?)'/g)].map((found) => join(dirname(file), found[1] ?? ''))
    closureOf(imported, seen)
  }
  return seen
}

function flat(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  )
}
