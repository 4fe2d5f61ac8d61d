import { expect, test } from 'vitest'
import { shownDetail } from './audit-words.ts'

test('a detail names the thing and what was changed', () => {
  expect(shownDetail({ subject: 'olga@firm.ru', detail: { role: 'admin', teams: ['a'] } })).toBe('olga@firm.ru · role: admin · teams: ["a"]')
  expect(shownDetail({ subject: null, detail: null })).toBe('')
})
