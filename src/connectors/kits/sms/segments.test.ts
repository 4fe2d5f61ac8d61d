import { expect, test } from 'vitest'
import { safeLength, segmentsOf } from './segments.ts'

test.each([
  ['', 'gsm7', 1],
  ['a'.repeat(160), 'gsm7', 1],
  ['a'.repeat(161), 'gsm7', 2],
  ['a'.repeat(306), 'gsm7', 2],
  ['a'.repeat(307), 'gsm7', 3],
  ['€'.repeat(80), 'gsm7', 1],
  ['€'.repeat(81), 'gsm7', 2],
  ['ж'.repeat(70), 'ucs2', 1],
  ['ж'.repeat(71), 'ucs2', 2],
  ['ж'.repeat(135), 'ucs2', 3],
  [`${'a'.repeat(70)}ж`, 'ucs2', 2],
  ['😀'.repeat(35), 'ucs2', 1],
  ['😀'.repeat(36), 'ucs2', 2],
])('%j is %s in %i SMS', (text, encoding, count) => {
  expect(segmentsOf(text)).toEqual({ encoding, count })
})

test('what is promised for so many SMS fits into them in any language', () => {
  expect(segmentsOf('ж'.repeat(safeLength(8))).count).toBe(8)
})
