import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { ruIntake } from '../i18n/ru-intake.ts'
import { shownReason } from './shown-reason.ts'

beforeAll(async () => {
  await i18next.init({ lng: 'ru', resources: { ru: { translation: ruIntake } }, interpolation: { escapeValue: false } })
})

test('a reason is said in the language of the console, a figure in it is kept', () => {
  expect(shownReason('the hidden field was filled in')).toBe('заполнено скрытое поле')
  expect(shownReason('filled in within 0.4 s')).toBe('заполнено за 0.4 с')
  expect(shownReason('the page https://x.example is not among the allowed origins')).toContain('https://x.example')
})

test('a reason nobody has translated is shown as it came', () => {
  expect(shownReason('the vendor says no')).toBe('the vendor says no')
})
