import { expect, test } from 'vitest'
import { isBefore } from './live-item.ts'

test('cursors are ordered by transaction, then by id, as numbers', () => {
  expect(isBefore('9.1', '10.1')).toBe(true)
  expect(isBefore('10.9', '10.10')).toBe(true)
  expect(isBefore('10.10', '10.10')).toBe(false)
  expect(isBefore('11.1', '10.99')).toBe(false)
})
