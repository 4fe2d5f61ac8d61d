import { expect, test } from 'vitest'
import { shownDays, topTopics } from './shown-facts.ts'

test('one day is told with its weekday, several by the first and the last, wherever the browser is', () => {
  const zone = process.env.TZ
  process.env.TZ = 'Pacific/Kiritimati'
  expect(shownDays({ from: '2026-11-22', to: '2026-11-22' }, 'ru')).toBe('воскресенье, 22 ноября')
  expect(shownDays({ from: '2026-11-16', to: '2026-11-22' }, 'ru')).toMatch(/^16\s?–\s?22 ноября$/)
  expect(shownDays({ from: '2026-11-30', to: '2026-12-06' }, 'en')).toMatch(/^November 30\s–\sDecember 6$/)
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test('the most frequent topics are columns', () => {
  const of = (topic: string | null, count: number) => ({ source: null, topic, count })
  expect(topTopics([of('a', 1), of(null, 5), of('b', 2), of('a', 2)], 2)).toEqual(['', 'a'])
})
