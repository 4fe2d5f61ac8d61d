import { expect, test } from 'vitest'
import { shares, silences } from './silence.ts'

const side = (...spans: [number, number][]) =>
  Array.from({ length: 100 }, (_, index) => (spans.some(([from, to]) => index >= from && index < to) ? 0.5 : 0))

test('a pause is where neither side speaks, and short ones belong to speech', () => {
  const client = side([0, 20], [60, 70])
  const ours = side([20, 30], [38, 40])
  expect(silences([client, ours], 20)).toEqual([
    { from: 6.3, to: 7.3 },
    { from: 8.3, to: 11.7 },
    { from: 14.3, to: 19.7 },
  ])
  expect(silences([client, ours], 10)).toEqual([
    { from: 4.3, to: 5.7 },
    { from: 7.3, to: 9.7 },
  ])
})

test('a recording without a waveform has no pauses to skip', () => {
  expect(silences([], 60)).toEqual([])
})

test('each side has its share of the talk', () => {
  expect(shares([side([0, 25]), side([0, 10])])).toEqual([0.25, 0.1])
})
