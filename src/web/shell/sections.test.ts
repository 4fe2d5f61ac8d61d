import { expect, test } from 'vitest'
import { placesOf, sections } from './sections.ts'

const names = (places: { text: string }[]) => places.map(({ text }) => text)
const everything = sections.map(({ right }) => right)

test('a rail with too many sections keeps the daily ones, and nothing is lost', () => {
  const { rail, more } = placesOf(everything, '/waiting')
  expect(names(rail)).toEqual(expect.arrayContaining(['today', 'waiting', 'clients', 'channels', 'log']))
  expect(names(more)).toEqual(expect.arrayContaining(['forms', 'team', 'audit', 'import']))
  expect([...names(rail), ...names(more)].toSorted()).toEqual(names(sections).toSorted())
})

test('the rare section that is open stands on the rail', () => {
  expect(names(placesOf(everything, '/audit').rail)).toContain('audit')
  expect(names(placesOf(everything, '/audit').more)).not.toContain('audit')
})

test('who may see few sections has them all on the rail', () => {
  const { rail, more } = placesOf(['waiting.list', 'contacts.list', 'quarantine.release'], '/waiting')
  expect(names(rail)).toEqual(['waiting', 'clients', 'quarantine'])
  expect(more).toEqual([])
})
