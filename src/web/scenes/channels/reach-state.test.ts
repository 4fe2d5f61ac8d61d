import { expect, test } from 'vitest'
import { reachState } from './reach-state.ts'

test.each([
  ['public', { seen: 'hub', private: false, https: true }],
  ['plain', { seen: 'hub', private: false, https: false }],
  ['private', { seen: 'hub', private: true, https: true }],
  ['other', { seen: 'other', private: false, https: true }],
  ['nobody', { seen: 'nobody', private: true, https: false }],
] as const)('what was seen is %s', (state, seen) => {
  expect(reachState(seen)).toBe(state)
})
