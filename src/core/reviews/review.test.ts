import { expect, test } from 'vitest'
import { firstChecklist, itemsFor, type Mark, totalOf } from './review.ts'

const mark = (value: Mark['value']): Mark => ({ itemId: String(value), part: 'call', text: '', value, atSeconds: null })

test('only what is marked counts', () => {
  expect(totalOf([mark(1), mark(1), mark(0), mark(null)])).toEqual({ ones: 2, marked: 3 })
  expect(totalOf([])).toEqual({ ones: 0, marked: 0 })
})

test('a call is looked at with the card it left behind, a card alone', () => {
  const list = firstChecklist('en')
  expect([...new Set(itemsFor(list, 'call').map(({ part }) => part))]).toEqual(['call', 'card'])
  expect([...new Set(itemsFor(list, 'card').map(({ part }) => part))]).toEqual(['card'])
})
