import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { ru } from '../../i18n/ru.ts'
import { minutesLeftBy, shownLeft, toneOf } from './time-left.ts'

beforeAll(() => i18next.init({ lng: 'ru', resources: { ru: { translation: ru } }, interpolation: { escapeValue: false } }))

test('the lamp goes on before it is late, and time passes without asking again', () => {
  expect([60, 15, 14, 0, -1].map(toneOf)).toEqual(['calm', 'calm', 'soon', 'soon', 'late'])
  expect(minutesLeftBy(600_000, { minutesLeft: 12 }, 0)).toBe(2)
  expect(minutesLeftBy(0, { minutesLeft: 12 }, 600_000)).toBe(12)
})

test('what is left is told in minutes, hours, then days; what is late with a minus', () => {
  expect([0, 59, 85, 60 * 49, -11].map(shownLeft)).toEqual(['0 мин', '59 мин', '1 ч 25 мин', '2 дн', '−11 мин'])
})
