import { expect, test } from 'vitest'
import { imageTypeOf } from './image-type.ts'

test.each([
  ['89504e470d0a1a0a0000', 'image/png'],
  ['ffd8ffe000104a46', 'image/jpeg'],
  ['474946383961', 'image/gif'],
  ['524946460000000057454250', 'image/webp'],
  ['3c737667', undefined],
  ['3c21646f63747970652068746d6c3e', undefined],
  ['524946460000000057415645', undefined],
  ['', undefined],
])('%s is %s', (hex, type) => {
  expect(imageTypeOf(Buffer.from(hex, 'hex'))).toBe(type)
})
