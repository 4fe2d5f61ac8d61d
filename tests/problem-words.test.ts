import { expect, test } from 'vitest'
import { errorTable } from '../src/core/errors.ts'
import { enProblems } from '../src/web/i18n/en-problems.ts'
import { ruProblems } from '../src/web/i18n/ru-problems.ts'

test('every code that the API refuses with has words in both languages', () => {
  const codes = Object.keys(errorTable).sort()
  expect(Object.keys(ruProblems.problem).sort()).toEqual(codes)
  expect(Object.keys(enProblems.problem).sort()).toEqual(codes)
})
