import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { ru } from '../i18n/ru.ts'
import { shownIdentity } from './shown-identity.ts'
import { shownLocalTime, shownTime } from './when.ts'

beforeAll(() => i18next.init({ lng: 'ru', resources: { ru: { translation: ru } }, interpolation: { escapeValue: false } }))

test('today is the clock, yesterday a word, then the date, with the year when it is another', () => {
  const now = new Date(2026, 10, 22, 14, 32)
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()
  expect(shownTime(at(2026, 10, 22, 9, 5), now)).toBe('09:05')
  expect(shownTime(at(2026, 10, 21, 23, 59), now)).toBe('вчера, 23:59')
  expect(shownTime(at(2026, 10, 18, 10, 4), now)).toBe('18 ноября, 10:04')
  expect(shownTime(at(2025, 11, 31, 10, 4), now)).toMatch(/^31 декабря 2025/)
})

test('a Russian phone is written as people write it, others as they are', () => {
  expect(shownIdentity({ kind: 'phone', value: '+79270041836' })).toBe('+7 927 004-18-36')
  expect(shownIdentity({ kind: 'phone', value: '+4930123456' })).toBe('+4930123456')
  expect(shownIdentity({ kind: 'email', value: 'a@b.ru' })).toBe('a@b.ru')
})

test('a client’s clock is that of his own zone; a zone that is none gives none', () => {
  const noon = new Date('2026-11-22T12:00:00Z')
  expect(shownLocalTime('Asia/Vladivostok', noon)).toBe('22:00')
  expect(shownLocalTime('Самара', noon)).toBeUndefined()
  expect(shownLocalTime(undefined, noon)).toBeUndefined()
})
