import { expect, test } from 'vitest'
import { asked, everyCall, exported } from './asked-calls.ts'

test('nothing chosen asks for everything', () => {
  expect(asked(everyCall)).toEqual({})
})

test('a day is whole, and a view adds its own', () => {
  const { from = '', to = '', ...rest } = asked({ ...everyCall, day: '2026-11-22', view: 'sampled', query: ' Осипова ', minSeconds: '5' })
  expect([new Date(from), new Date(to)]).toEqual([new Date(2026, 10, 22), new Date(2026, 10, 23)])
  expect(rest).toEqual({ query: 'Осипова', minSeconds: 5, sampled: '2026-11-22' })
  expect(asked({ ...everyCall, view: 'short', maxSeconds: '600' })).toEqual({ maxSeconds: 30, outcome: 'answered' })
})

test('an export is asked for what the list shows', () => {
  expect(exported(asked({ ...everyCall, view: 'missed', direction: 'inbound' }))).toEqual({ missed: true, direction: 'inbound' })
  expect(exported(asked({ ...everyCall, view: 'unreviewed' }))).toEqual({ reviewed: false })
  expect(exported(asked({ ...everyCall, day: '2026-11-22', view: 'sampled' }))).toMatchObject({ sampled: '2026-11-22' })
})
