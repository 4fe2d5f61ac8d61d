import { expect, test } from 'vitest'
import { watchBursts } from './burst.ts'

let now = 0
const clock = () => now

/** Stores evenly for so many seconds and tells in which share of the moments it looked like a burst. */
function store(watch: ReturnType<typeof watchBursts>, perSecond: number, seconds: number): number {
  let on = 0
  const steps = seconds * 100
  for (let step = 0; step < steps; step++) {
    now += 10
    watch.note(perSecond / 100)
    if (watch.isOn()) on++
  }
  return on / steps
}

test('a steady stream is no burst', () => {
  expect(store(watchBursts(clock), 500, 60)).toBe(0)
})

test('a busy stream that slow commits bring in groups is none', () => {
  for (const everyMs of [100, 300, 400, 500, 600]) {
    const watch = watchBursts(clock)
    let on = 0
    for (let at = 0; at < 30_000; at += 10) {
      now += 10
      if (at % everyMs === 0) watch.note(everyMs)
      if (watch.isOn()) on++
    }
    expect(on, `every ${everyMs} ms`).toBe(0)
  }
})

test('a burst is seen soon and forgotten soon after its end', () => {
  const watch = watchBursts(clock)
  expect(store(watch, 4_000, 20)).toBeGreaterThan(0.98)
  now += 600
  expect(watch.isOn()).toBe(false)
})

test('what does not end is no longer given way to', () => {
  const watch = watchBursts(clock)
  store(watch, 4_000, 31)
  expect(store(watch, 4_000, 10)).toBe(0)
  now += 1_000
  expect(watch.isOn()).toBe(false)
  expect(store(watch, 4_000, 5)).toBeGreaterThan(0.9)
})
