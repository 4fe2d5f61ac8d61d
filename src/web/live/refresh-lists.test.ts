import type { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listRefresher } from './refresh-lists.ts'

let asked: unknown[]
let paint: (() => void) | undefined
const queries = { invalidateQueries: ({ queryKey }: { queryKey: unknown[] }) => asked.push(queryKey) } as unknown as QueryClient

beforeEach(() => {
  asked = []
  paint = undefined
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => {
    paint = act
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('lists are asked for behind the picture of what came, each once', () => {
  const refresh = listRefresher(queries)
  refresh([['waiting'], ['calls', 'list']])
  refresh([['waiting']])
  expect(asked).toEqual([])
  paint?.()
  vi.advanceTimersByTime(0)
  expect(asked).toEqual([['waiting'], ['calls', 'list']])
  vi.advanceTimersByTime(2_000)
  expect(asked).toHaveLength(2)
})

test('however many events come, a list is asked for four times a second at most, and the last event is not forgotten', () => {
  const refresh = listRefresher(queries)
  for (let ms = 0; ms < 900; ms += 10) {
    refresh([['waiting']])
    paint?.()
    vi.advanceTimersByTime(10)
  }
  expect(asked).toHaveLength(4)
  refresh([['the last']])
  vi.advanceTimersByTime(2_000)
  expect(asked.slice(4)).toEqual([['waiting'], ['the last']])
})

test('a page that nobody looks at paints nothing and is fresh nevertheless', () => {
  listRefresher(queries)([['waiting']])
  vi.advanceTimersByTime(100)
  expect(asked).toEqual([['waiting']])
})

test('the same lists can be asked for again after a rest', () => {
  const refresh = listRefresher(queries)
  for (const round of [1, 2]) {
    refresh([['waiting']])
    vi.advanceTimersByTime(2_000)
    expect(asked).toHaveLength(round)
  }
})
