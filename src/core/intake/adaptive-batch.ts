/**
 * Joins concurrent items into few writes without a timer: a batch is written as soon as fewer than two are in flight, so a lone item
 * never waits and a burst shares its commits. An item's promise settles with its batch's.
 */
export function createAdaptiveBatch<Item>(
  write: (items: Item[]) => Promise<void>,
  largest = 500,
): { add(item: Item): Promise<void>; waiting(): number } {
  let queue: { item: Item; resolve(): void; reject(error: unknown): void }[] = []
  let inFlight = 0
  let isScheduled = false

  async function flush(): Promise<void> {
    isScheduled = false
    const batch = queue.slice(0, largest)
    queue = queue.slice(largest)
    if (batch.length === 0) return
    inFlight++
    try {
      await write(batch.map((waiting) => waiting.item))
      for (const waiting of batch) waiting.resolve()
    } catch (error) {
      for (const waiting of batch) waiting.reject(error)
    } finally {
      inFlight--
      schedule()
    }
  }

  function schedule(): void {
    if (queue.length === 0 || inFlight >= 2 || isScheduled) return
    isScheduled = true
    setImmediate(() => void flush())
  }

  return {
    add: (item) =>
      new Promise<void>((resolve, reject) => {
        queue.push({ item, resolve, reject })
        schedule()
      }),
    waiting: () => queue.length,
  }
}
