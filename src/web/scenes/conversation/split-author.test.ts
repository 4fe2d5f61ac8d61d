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

test('the id of a stranger on the site is shown to nobody', () => {
  const id = 'v-629881ec-1450-4f99-b612-f127ae538ce9'
  expect(splitAuthor(`Марина <${id}>`)).toEqual({ name: 'Марина', address: '' })
  expect(splitAuthor(id).name).not.toContain('629881ec')
})
