import { expect, it } from 'vitest'
import { parseExactJson } from './exact-json.ts'

it('keeps 64-bit numbers as text and all others as they are', () => {
  expect(parseExactJson('{"token":5741311803571721087,"at":1760000000123,"half":0.5,"huge":1e300,"list":[-9223372036854775808]}')).toEqual({
    token: '5741311803571721087',
    at: 1_760_000_000_123,
    half: 0.5,
    huge: 1e300,
    list: ['-9223372036854775808'],
  })
})
