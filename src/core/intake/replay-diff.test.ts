import { expect, test } from 'vitest'
import type { InboundEvent } from '../connector/event.ts'
import { compareReading, type StandingEvent } from './replay-diff.ts'

const party = { name: 'Анна', identities: [{ kind: 'phone', value: '+79270001001', evidence: 'claimed' as const }] }
function form(key: string, more: { text?: string; topic?: string } = {}): InboundEvent {
  return { type: 'form', key, from: party, text: 'Сколько?', fields: [], ...more }
}
function standing(key: string, more: Partial<StandingEvent> = {}): StandingEvent {
  const content = { subject: null, text: 'Сколько?', html: null, source: null }
  return { key, kind: 'form', status: 'applied', entryId: 'e1', isEdited: false, ...content, ...more }
}
const changes = (before: StandingEvent[], read: InboundEvent[]) => compareReading(before, read).map(({ key, change }) => [key, change])

test('what reads as it stands is the same, whatever the order of its members', () => {
  const source = { utm: { source: 'yandex', medium: 'cpc' } }
  const read = { ...form('a'), source: { utm: { medium: 'cpc', source: 'yandex' } } } as InboundEvent
  expect(changes([standing('a', { source })], [read])).toEqual([['a', 'same']])
})

test('each field that differs is named with both values', () => {
  const [change] = compareReading([standing('a')], [form('a', { topic: 'Балкон', text: 'Сколько стоит?' })])
  expect(change).toMatchObject({
    change: 'changed',
    entryId: 'e1',
    fields: [
      { field: 'subject', before: null, after: 'Балкон' },
      { field: 'text', before: 'Сколько?', after: 'Сколько стоит?' },
    ],
  })
})

test('a text that its author edited stays', () => {
  expect(changes([standing('a', { text: 'Правлено', isEdited: true })], [form('a')])).toEqual([['a', 'same']])
})

test('parked before is new; no longer there is gone, once', () => {
  const before = [standing('a', { status: 'parked', entryId: null }), standing('b'), standing('c', { status: 'superseded' })]
  expect(changes(before, [form('a'), form('d')])).toEqual([
    ['a', 'new'],
    ['d', 'new'],
    ['b', 'gone'],
  ])
})
