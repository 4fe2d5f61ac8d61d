import { expect, test } from 'vitest'
import { outcomeOf } from './words.ts'

test.each([
  ['ANSWERED', 'answered'],
  ['OK', 'answered'],
  ['NO ANSWER', 'missed'],
  ['VM-SUCCESS', 'voicemail'],
  ['unallocated_number', 'failed'],
  ['Normal clearing', undefined],
  ['media broken', undefined],
  ['tvmode', undefined],
  [undefined, undefined],
])('the word %j for the end of a call means %j', (word, outcome) => {
  expect(outcomeOf(word)).toBe(outcome)
})
