import { afterEach, expect, test } from 'vitest'
import { dayFrom, monthFrom, startOfDay, weeksOf } from './day-span.ts'

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test('a day ends where the next one begins, also when the clocks change', () => {
  process.env.TZ = 'Europe/Berlin'
  expect(startOfDay('2026-11-22').toISOString()).toBe('2026-11-21T23:00:00.000Z')
  expect(startOfDay('2026-10-25', 1).toISOString()).toBe('2026-10-25T23:00:00.000Z')
  expect(startOfDay('2026-03-29', 1).toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(startOfDay('2026-12-31', 1).toISOString()).toBe('2026-12-31T23:00:00.000Z')
})

test('a month has the weeks that it touches, from Monday on', () => {
  const november = weeksOf('2026-11')
  expect(november.map(([monday]) => monday)).toEqual(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'])
  expect(weeksOf('2027-02')).toHaveLength(4)
  expect(november.flat()).toHaveLength(42)
})

test('days and months go over the end of the year', () => {
  expect([dayFrom('2026-12-31', 1), dayFrom('2026-03-01', -1), monthFrom('2026-12', 1), monthFrom('2026-01', -1)]).toEqual([
    '2027-01-01',
    '2026-02-28',
    '2027-01',
    '2025-12',
  ])
})
