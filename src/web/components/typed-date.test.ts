import i18next from 'i18next'
import { beforeEach, expect, test } from 'vitest'
import { readClock, readDay, readMoment, writtenDay, writtenMoment } from './typed-date.ts'

const now = new Date(2026, 10, 22, 14, 32)

beforeEach(() => i18next.init({ lng: 'ru', resources: {} }))

test('a day is written as the language of the console has it', async () => {
  expect([writtenDay('2026-11-02'), writtenMoment('2026-11-02T09:05'), writtenDay(''), writtenMoment('')]).toEqual([
    '02.11.2026',
    '02.11.2026 09:05',
    '',
    '',
  ])
  await i18next.changeLanguage('en')
  expect([writtenDay('2026-11-02'), writtenMoment('2026-11-02T09:05')]).toEqual(['2026-11-02', '2026-11-02 09:05'])
})

test('what is written is read again, in either language', async () => {
  for (const language of ['ru', 'en']) {
    await i18next.changeLanguage(language)
    expect(readDay(writtenDay('2028-02-29'), true)).toBe('2028-02-29')
    expect(readMoment(writtenMoment('2028-02-29T23:59'), true)).toBe('2028-02-29T23:59')
  }
})

test('people leave out what is plain', () => {
  expect(['5.1', '5.1.', '05.01.27', ' 5.1.2027 ', '2027-1-5'].map((text) => readDay(text, false, now))).toEqual([
    '2026-01-05',
    '2026-01-05',
    '2027-01-05',
    '2027-01-05',
    '2027-01-05',
  ])
  expect(['22.11', '22.11 9', '22.11.2026, 9.30', '2026-11-22T10:00'].map((text) => readMoment(text, false, now))).toEqual([
    '2026-11-22T09:00',
    '2026-11-22T09:00',
    '2026-11-22T09:30',
    '2026-11-22T10:00',
  ])
  expect([readClock('7'), readClock('07:15'), readClock('7.15')]).toEqual(['07:00', '07:15', '07:15'])
})

test('while it is typed, only what cannot go on is taken', () => {
  const text = '22.11.2026 09:30'
  const taken = Array.from(text, (_, at) => readMoment(text.slice(0, at + 1), true, now)).filter(Boolean)
  expect(taken).toEqual(['2026-11-22T09:30'])
  expect(['22.1', '22.11', '22.11.20', '2026-11-2'].map((text) => readDay(text, true, now))).toEqual([undefined, undefined, undefined, undefined])
})

test('no such day, no such hour', () => {
  expect(['31.11.2026', '0.1.2026', '1.13.2026', '29.02.2027', '11/22/2026', 'завтра', '22.11.0026'].map((text) => readDay(text))).toEqual(
    Array.from({ length: 7 }),
  )
  expect([readMoment('22.11.2026 24:00'), readMoment('22.11.2026 9:00 10'), readMoment('9:00'), readClock('9:60')]).toEqual(Array.from({ length: 4 }))
})
