import { afterEach, describe, expect, it, vi } from 'vitest'
import { createThrottle } from './throttle.ts'

afterEach(() => vi.useRealTimers())

describe('throttle', () => {
  it('lets so many through per window and key, says when to come back, and opens again', () => {
    vi.useFakeTimers()
    const throttle = createThrottle()
    const rule = { window: 60, max: 2 }
    expect([1, 2, 3].map(() => throttle('a', rule).allowed)).toEqual([true, true, false])
    expect(throttle('b', rule).allowed).toBe(true)
    vi.advanceTimersByTime(45_000)
    expect(throttle('a', rule)).toEqual({ allowed: false, retryAfter: 15 })
    vi.advanceTimersByTime(16_000)
    expect(throttle('a', rule)).toEqual({ allowed: true, retryAfter: null })
  })
})
