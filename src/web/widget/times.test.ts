import { afterEach, expect, test, vi } from 'vitest'
import { texts } from './texts.ts'
import { dayOf } from './times.ts'

afterEach(() => vi.unstubAllEnvs())

test('yesterday is the day before, also after the night in which clocks are put back', () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  const now = Date.parse('2026-10-25T23:30:00+01:00')
  const named = (at: string) => dayOf(Date.parse(at), 'en', texts.en, now)
  expect(named('2026-10-25T00:10:00+02:00')).toBe('Today')
  expect(named('2026-10-24T12:00:00+02:00')).toBe('Yesterday')
  expect(named('2026-10-23T23:59:00+02:00')).toBe('October 23')
})
