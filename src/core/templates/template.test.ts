import { expect, it } from 'vitest'
import { fillText, firstNameOf, unknownVariables } from './template.ts'

it('fills what is known, and leaves no hole for what is not', () => {
  const text = 'Здравствуйте, {{contact.firstName}}!\nВы спрашивали: {{ lead.topic }}. С уважением, {{user.name|команда}}'
  expect(fillText(text, { 'contact.firstName': 'Анна', 'lead.topic': 'Балкон' })).toBe(
    'Здравствуйте, Анна!\nВы спрашивали: Балкон. С уважением, команда',
  )
  expect(fillText('Здравствуйте, {{contact.firstName}}!', {})).toBe('Здравствуйте!')
  expect(fillText('{{contact.name|Уважаемый клиент}}, добрый день', {})).toBe('Уважаемый клиент, добрый день')
})

it('does not fill what a value brings along', () => {
  expect(fillText('{{contact.name}}', { 'contact.name': '{{firm.name}} $& $1', 'firm.name': 'Лофт' })).toBe('{{firm.name}} $& $1')
})

it('names what means nothing', () => {
  expect(unknownVariables('{{contact.name}} {{contact.nmae}} {{ x }} {{contact.nmae}}')).toEqual(['contact.nmae', 'x'])
})

it('greets by a name and not by an address', () => {
  expect(['Анна Петрова', 'anna@x.ru', '+7 900', 'Жан-Поль Б.', ''].map(firstNameOf)).toEqual(['Анна', '', '', 'Жан-Поль', ''])
})
