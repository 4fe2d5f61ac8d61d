import { expect, test } from 'vitest'
import { type CatalogueItem, findConnectors, groupsOf, mediaOf } from './catalogue-groups.ts'

const item = (id: string, media: string[], ru: string, summary = ''): CatalogueItem => ({
  id,
  title: { ru, en: id },
  summary: { ru: summary, en: summary },
  media,
  transport: ['webhook'],
  proof: ['url'],
  abilities: [],
  callCommands: [],
  steps: [{ ru: 'Вставьте адрес в Настройки сайта', en: 'Paste the address' }],
  icon: '',
  limits: null,
  reaches: [],
})
const items = [
  item('pbx', ['voice', 'sms'], 'АТС'),
  item('form', ['form'], 'Формы сайта', 'Tilda, Gravity Forms'),
  item('mail', ['email'], 'Чёрная почта'),
  item('pigeon', ['pigeon'], 'Голуби'),
]
const ids = (found: CatalogueItem[]) => found.map(({ id }) => id)

test('a connector is found by any word of its name, summary or steps, in either language', () => {
  expect(ids(findConnectors(items, { text: 'gravity', medium: 'all' }))).toEqual(['form'])
  expect(ids(findConnectors(items, { text: 'черная ПОЧТА', medium: 'all' }))).toEqual(['mail'])
  expect(ids(findConnectors(items, { text: 'paste адрес', medium: 'all' }))).toHaveLength(4)
  expect(findConnectors(items, { text: 'fax', medium: 'all' })).toEqual([])
})

test('it stands once, under its first medium; asked for another of its media it stands there', () => {
  expect(groupsOf(items, 'all').map(({ medium, items: group }) => [medium, ids(group)])).toEqual([
    ['form', ['form']],
    ['voice', ['pbx']],
    ['email', ['mail']],
    ['pigeon', ['pigeon']],
  ])
  expect(groupsOf(findConnectors(items, { text: '', medium: 'sms' }), 'sms').map(({ medium, items: group }) => [medium, ids(group)])).toEqual([
    ['sms', ['pbx']],
  ])
})

test('media that nobody knew come last', () => {
  expect(mediaOf(items)).toEqual(['form', 'voice', 'sms', 'email', 'pigeon'])
})
