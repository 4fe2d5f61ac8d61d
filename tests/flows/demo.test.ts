import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const demo = resolve(import.meta.dirname, '../../scripts/demo.ts')

test('the demo sends a firm’s day through the real doors: nothing is lost, nothing doubled, only the broken one is parked', {
  timeout: 300_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [demo, '--once'], { timeout: 290_000 })
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  const { sent, repeated, refused, deliveries, quarantined, suggestions, answered, contacts, calls, recordings } = summary
  expect(deliveries).toEqual({ applied: 76, parked: 1 })
  expect({ sent, repeated, refused }).toEqual({ sent: 80, repeated: 2, refused: 1 })
  expect({ quarantined, suggestions, answered }).toEqual({ quarantined: 2, suggestions: 1, answered: 3 })
  expect({ calls, recordings }).toEqual({ calls: { answered: 6, missed: 4 }, recordings: 6 })
  expect(contacts).toEqual(expect.arrayContaining(['Марина Осипова', 'Гульнара Хайруллина', 'Олег Дмитриев']))
})
