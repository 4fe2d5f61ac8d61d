const windowMs = 60_000
const keptPerWindow = 100
const answeredPerWindow = 600

/** Counts refusals per channel and minute: past 100 they are no longer kept, past 600 the sender is told to slow down. */
export function createRefusalGate(now: () => number = Date.now): { count(source: string): boolean; isClosed(source: string): boolean } {
  const windows = new Map<string, { since: number; count: number }>()

  function current(source: string): { since: number; count: number } {
    const known = windows.get(source)
    if (known && now() - known.since < windowMs) return known
    const fresh = { since: now(), count: 0 }
    windows.set(source, fresh)
    return fresh
  }

  return {
    count(source) {
      const window = current(source)
      window.count++
      return window.count <= keptPerWindow
    },
    isClosed: (source) => current(source).count > answeredPerWindow,
  }
}
