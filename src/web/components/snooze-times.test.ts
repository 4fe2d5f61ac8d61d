import { expect, test } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

test('comes back tomorrow or on the Monday to come, at nine, never in the past', () => {
  const shown = (at: Date) => `${at.getDay()} ${at.getDate()} ${at.getHours()}:${at.getMinutes()}`
  const friday = new Date(2026, 10, 20, 17, 30)
  expect(shown(snoozeTimes.tomorrow(friday))).toBe('6 21 9:0')
  expect(shown(snoozeTimes.monday(friday))).toBe('1 23 9:0')
  expect(shown(snoozeTimes.monday(new Date(2026, 10, 22, 8)))).toBe('1 23 9:0')
  expect(shown(snoozeTimes.monday(new Date(2026, 10, 23, 8)))).toBe('1 30 9:0')
  expect(snoozeTimes.inMinutes(60, friday).getTime() - friday.getTime()).toBe(3_600_000)
})
