import { expect, test } from 'vitest'
import { isSameMapping, mappingOf, parseChoices, rolesOf, shownChoices, withField } from './mapping.ts'

test('settings may hold the meaning alone or with what is done to the value', () => {
  expect(mappingOf({ mapping: { a: 'name', b: { as: 'topic', choices: { 1: 'x' } } } })).toEqual({
    a: { as: 'name' },
    b: { as: 'topic', choices: { 1: 'x' } },
  })
  expect(mappingOf({})).toEqual({})
})

test('a field is changed part by part, and left out when nothing is said of it', () => {
  const once = withField({}, 'tel', { as: 'phone', country: 'KZ' })
  expect(once).toEqual({ tel: { as: 'phone', country: 'KZ' } })
  expect(withField(once, 'tel', { as: undefined })).toEqual({ tel: { country: 'KZ' } })
  expect(withField(withField(once, 'tel', { as: undefined }), 'tel', { country: '' })).toEqual({})
})

test('the order of fields makes no difference', () => {
  expect(isSameMapping({ a: { as: 'name' }, b: { as: 'phone' } }, { b: { as: 'phone' }, a: { as: 'name' } })).toBe(true)
  expect(isSameMapping({ a: { as: 'name' } }, {})).toBe(false)
})

test('choices are written line by line', () => {
  expect(parseChoices('1 = Окна\n\n2=Двери = входные\nbad')).toEqual({ 1: 'Окна', 2: 'Двери = входные' })
  expect(parseChoices('  ')).toBeUndefined()
  expect(shownChoices({ 1: 'Окна' })).toBe('1 = Окна')
})

test('the meanings come from the schema of the settings', () => {
  const schema = { properties: { mapping: { additionalProperties: { anyOf: [{ enum: ['name', 'phone'] }, { type: 'object' }] } } } }
  expect(rolesOf(schema)).toEqual(['name', 'phone'])
  expect(rolesOf(undefined)).toEqual([])
})
