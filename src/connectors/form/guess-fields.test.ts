import { describe, expect, it } from 'vitest'
import { readTime } from '../../core/connector/zoned-time.ts'
import { guessFields } from './guess-fields.ts'
import { readPhones } from './phones.ts'
import { settings } from './settings.ts'

function roleOf(name: string, value: string): string | undefined {
  return guessFields([{ name, path: name, value }], settings.parse({}))[0]?.as
}

describe('a field is understood', () => {
  it.each([
    ['your-name', 'Anna', 'name'],
    ['firstName', 'Anna', 'firstName'],
    ['ФИО', 'Ким Анна', 'name'],
    ['Как к Вам обращаться?', 'Анна', 'name'],
    ['Укажите ваше имя *', 'Анна', 'name'],
    ['client_phone', '8 916 123 45 67', 'phone'],
    ['Ваш телефон', '8 916 123 45 67', 'phone'],
    ['tel-541', '8 916 123 45 67', 'phone'],
    ['Номер мобильного телефона', '89161234567', 'phone'],
    ['E-mail', 'a@b.example', 'email'],
    ['Ваша почта', 'a@b.example', 'email'],
    ['textarea-1', 'hello', 'text'],
    ['Комментарий к заказу', 'срочно', 'text'],
    ['Организация', 'ИП', 'company'],
    ['Тема обращения', 'Цены', 'topic'],
    ['_url', 'https://a.example', 'page'],
    ['product', 'Окна', 'topic'],
    ['order[phone]', '8 916 123 45 67', 'phone'],
    ['order[name]', 'Анна', 'name'],
    ['hp_website', 'x', 'honeypot'],
    ['x1', 'anna@b.example', 'email'],
    ['x2', '+7 (916) 123-45-67', 'phone'],
  ])('%s = %s as %s', (name, value, role) => {
    expect(roleOf(name, value)).toBe(role)
  })

  it.each([
    ['phone', 'нет'],
    ['email', 'нет'],
    ['inn', '7707083893'],
    ['Номер заказа', '89161234567'],
    ['date', '2026-01-01 10:00'],
    ['birth', '01.02.1990'],
    ['Город', 'Москва'],
    ['payment[products][0][name]', 'Чайник'],
    ['hp_power', '150'],
    ['person', '4'],
    ['product.name', 'Чайник'],
  ])('%s = %s as nothing but a field', (name, value) => {
    expect(['name', 'phone', 'email', 'text']).not.toContain(roleOf(name, value))
  })
})

describe('phones', () => {
  it('stay as written where only the firm knows the country', () => {
    expect(readPhones('8 (916) 123-45-67, 030 1234567', undefined)).toEqual(['8 (916) 123-45-67', '030 1234567'])
  })

  it.each([
    ['8 (916) 123-45-67', ['+79161234567']],
    ['9161234567', ['+79161234567']],
    ['+7 916 123-45-67, 8 495 123-45-67', ['+79161234567', '+74951234567']],
    ['+44 20 7946 0958', ['+442079460958']],
    ['12345', ['12345']],
    ['030/1234567', ['030/1234567']],
  ])('%s', (written, expected) => {
    expect(readPhones(written, 'RU')).toEqual(expected)
  })
})

describe('times', () => {
  it.each([
    ['2026-01-01T10:00:00Z', 'UTC', '2026-01-01T10:00:00.000Z'],
    ['2026-01-01T10:00:00+0300', 'UTC', '2026-01-01T07:00:00.000Z'],
    ['2026-01-01 10:00:00', 'Europe/Moscow', '2026-01-01T07:00:00.000Z'],
    ['01.07.2026 10:00', 'Europe/Berlin', '2026-07-01T08:00:00.000Z'],
    ['1767261600', 'UTC', '2026-01-01T10:00:00.000Z'],
    ['2026-13-01 10:00:00', 'UTC', undefined],
    ['tomorrow', 'UTC', undefined],
  ])('%s in %s', (written, zone, expected) => {
    expect(readTime(written, zone)).toBe(expected)
  })
})
