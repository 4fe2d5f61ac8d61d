import { expect, test } from 'vitest'
import { createSenderRate } from './sender-rate.ts'

test('counts each sender by the minute', () => {
  let now = 0
  const rate = createSenderRate(() => now)
  expect([rate.count('a'), rate.count('a'), rate.count('b'), rate.count('a')]).toEqual([1, 2, 1, 3])
  now = 60_000
  expect(rate.count('a')).toBe(1)
})
