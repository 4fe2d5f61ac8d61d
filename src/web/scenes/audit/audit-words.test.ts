import { expect, test } from 'vitest'
import { shownDetail, wholeDetail } from './audit-words.ts'

test('a detail names the thing and what was changed', () => {
  expect(shownDetail({ subject: 'olga@firm.ru', detail: { role: 'admin', teams: ['a'] } })).toBe('olga@firm.ru · role: admin · teams: ["a"]')
  expect(shownDetail({ subject: null, detail: null })).toBe('')
})

test('ids are for the pointer alone', () => {
  const done = { subject: '01a201ac-5c94-751c-aa8d-373218b0ecaf', detail: { name: 'Сайт' } }
  expect(shownDetail(done)).toBe('name: Сайт')
  expect(wholeDetail(done)).toBe('01a201ac-5c94-751c-aa8d-373218b0ecaf · name: Сайт')
})
