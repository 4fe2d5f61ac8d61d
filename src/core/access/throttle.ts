export interface ThrottleRule {
  /** Seconds. */
  window: number
  /** Calls per window. */
  max: number
}

export interface ThrottleAnswer {
  allowed: boolean
  /** Seconds; null when allowed. */
  retryAfter: number | null
}

const mostWindows = 10_000

/** Counts calls per key in fixed windows, in the memory of this process. */
export function createThrottle(): (key: string, rule: ThrottleRule) => ThrottleAnswer {
  const windows = new Map<string, { until: number; count: number }>()
  return (key, rule) => {
    const now = Date.now()
    if (windows.size > mostWindows) for (const [old, { until }] of windows) if (until < now) windows.delete(old)
    const known = windows.get(key)
    const current = known && known.until > now ? known : { until: now + rule.window * 1000, count: 0 }
    windows.set(key, current)
    current.count++
    const allowed = current.count <= rule.max
    return { allowed, retryAfter: allowed ? null : Math.ceil((current.until - now) / 1000) }
  }
}
