import { expect, test } from 'vitest'
import { splitAuthor } from './split-author.ts'

test('a name is shown without its address', () => {
  expect(splitAuthor('Марина Осипова <m@mail.ru>')).toEqual({ name: 'Марина Осипова', address: 'm@mail.ru' })
  expect(splitAuthor('"Осипова, Марина" <m@mail.ru>')).toEqual({ name: 'Осипова, Марина', address: 'm@mail.ru' })
})

test('whoever gave no name is shown by the address', () => {
  expect(splitAuthor('<m@mail.ru>')).toEqual({ name: 'm@mail.ru', address: '' })
  expect(splitAuthor('+79270041836')).toEqual({ name: '+79270041836', address: '' })
})
