import { CoreError } from '../../core/errors.ts'

/** Lets through `most` calls per window and caller, then throws `too_many_requests` with `retryAfterSeconds`. In memory of this process. */
export function createThrottle({ most, windowMs }: { most: number; windowMs: number }): (caller: string) => void {
  const windows = new Map<string, { until: number; count: number }>()
  return (caller) => {
    const now = Date.now()
    if (windows.size > 10_000) for (const [key, window] of windows) if (window.until < now) windows.delete(key)
    const known = windows.get(caller)
    const window = known && known.until > now ? known : { until: now + windowMs, count: 0 }
    windows.set(caller, window)
    window.count++
    if (window.count > most) throw new CoreError('too_many_requests', undefined, { retryAfterSeconds: Math.ceil((window.until - now) / 1000) })
  }
}
