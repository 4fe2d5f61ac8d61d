import { expect, test } from 'vitest'
import { sendTimes } from './send-times.ts'

const shown = (now: string) => sendTimes(new Date(now)).map(({ name, at }) => `${name} ${at.getDate()} ${at.getHours()}:${at.getMinutes()}`)

test('on a Thursday afternoon', () => {
  expect(shown('2026-11-19T14:30:00')).toEqual(['inAnHour 19 15:30', 'thisEvening 19 18:0', 'tomorrow 20 9:0', 'monday 23 9:0'])
})

test('late on a Sunday tomorrow is Monday, and the evening is over', () => {
  expect(shown('2026-11-22T22:10:00')).toEqual(['inAnHour 22 23:10', 'tomorrow 23 9:0'])
})

test('on a Monday, Monday is the next one', () => {
  expect(shown('2026-11-23T08:00:00').at(-1)).toBe('monday 30 9:0')
})
