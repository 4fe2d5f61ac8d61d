import { expect, it } from 'vitest'
import { fc } from '../../../tests/support/dice.ts'
import { normalise, readFields } from './inbound.ts'
import { settings } from './settings.ts'
import { transformed } from './transforms.ts'

const entry = (value: string) => ({ name: 'x', path: 'x', value })
const value = (given: string, mapped: Parameters<typeof transformed>[1]) => transformed(entry(given), mapped).value

it('a date is written as ISO 8601 does, in the order that the form has', () => {
  expect(value('03.04.2026', { date: 'dmy' })).toBe('2026-04-03')
  expect(value('03/04/2026', { date: 'mdy' })).toBe('2026-03-04')
  expect(value('2026.4.3', { date: 'ymd' })).toBe('2026-04-03')
  expect(value('3.4.2026, 18:30', { date: 'dmy' })).toBe('2026-04-03 18:30')
})

it('what is no such date stays as it came', () => {
  for (const text of ['31.02.2026', 'soon', '', '2026-13-01']) expect(value(text, { date: 'dmy' })).toBe(text)
  fc.assert(fc.property(fc.string(), (text) => typeof value(text, { date: 'ymd' }) === 'string'))
})

it('a choice is put into words, alone and in a list; an unknown one stays', () => {
  const choices = { '1': 'Окна', '2': 'Двери' }
  expect(value('2', { choices })).toBe('Двери')
  expect(value('1, 2, 3', { choices })).toBe('Окна, Двери, 3')
})

it('a mapping with transforms gives topic, phone and time of the card, and says that it was the mapping', async () => {
  const given = settings.parse({
    timeZone: 'Europe/Moscow',
    mapping: { a: { as: 'phone', country: 'kz' }, b: { as: 'topic', choices: { '7': 'Ремонт' } }, c: { as: 'submittedAt', date: 'dmy' }, d: 'name' },
  })
  const body = Buffer.from(JSON.stringify({ a: '8 701 123 45 67', b: 7, c: '03.04.2026 18:30', d: 'Анна' }))
  const delivery = { method: 'POST', path: '', query: '', headers: {}, body, receivedAt: new Date('2026-11-22T00:00:00Z') }
  expect(await normalise(delivery, given)).toMatchObject([
    {
      topic: 'Ремонт',
      occurredAt: '2026-04-03T15:30:00.000Z',
      from: { name: 'Анна', identities: [{ kind: 'phone', value: '+77011234567', evidence: 'claimed' }] },
    },
  ])
  const [read] = await readFields(delivery, given)
  expect(read?.fields).toContainEqual({ path: 'b', name: 'b', value: 'Ремонт', as: 'topic', by: 'mapping' })
})
