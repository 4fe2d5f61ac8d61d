const windowMs = 60_000
const mostKnown = 50_000

/** Counts requests per sender and minute. When too many senders are known at once, all are forgotten: it only filters. */
export function createSenderRate(now: () => number = Date.now): { count(sender: string): number } {
  let known = new Map<string, { since: number; count: number }>()
  return {
    count(sender) {
      if (known.size >= mostKnown) known = new Map()
      const window = known.get(sender)
      if (window && now() - window.since < windowMs) return ++window.count
      known.set(sender, { since: now(), count: 1 })
      return 1
    },
  }
}
