import { expect, test } from 'vitest'
import { readHolidays, readSpans, writeHolidays, writeSpans } from './hours-text.ts'

test('hours are read as people type them', () => {
  expect(readSpans('9:00-13:00, 14.00 – 18:00')).toEqual([
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ])
  expect(readSpans('00:00-24:00')).toEqual([['00:00', '24:00']])
  expect(readSpans('  ')).toEqual([])
  expect(['9-18', '25:00-26:00', 'nine'].map(readSpans)).toEqual([undefined, undefined, undefined])
  expect(writeSpans([['09:00', '18:00']])).toBe('09:00-18:00')
})

test('holidays are lines of a date, a name and, when it is open, hours; a bad line is named', () => {
  const text = '2027-01-01 New Year\n2026-12-31 Eve of it 09:00-14:00'
  const read = readHolidays(`${text}\n\n`)
  expect(read).toEqual([
    { date: '2027-01-01', name: 'New Year', open: [] },
    { date: '2026-12-31', name: 'Eve of it', open: [['09:00', '14:00']] },
  ])
  expect(Array.isArray(read) && writeHolidays(read)).toBe(text)
  expect(readHolidays('2027-02-30 No such day')).toEqual({ bad: '2027-02-30 No such day' })
  expect(readHolidays('tomorrow')).toEqual({ bad: 'tomorrow' })
})
