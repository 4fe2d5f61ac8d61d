interface Waiting<Item> {
  item: Item
  resolve(): void
  reject(error: unknown): void
}

/**
 * Joins concurrent items into few writes without a timer: a batch is written as soon as fewer than two are in flight, so a lone item
 * never waits and a burst shares its commits. An item's promise settles with its batch's; when a batch fails by a
 * fault that is not `isForAll` of it (a lost connection is), its items are written one by one, so that a bad one fails alone.
 */
export function createAdaptiveBatch<Item>(
  write: (items: Item[]) => Promise<void>,
  isForAll: (error: unknown) => boolean,
  largest = 500,
): { add(item: Item): Promise<void>; waiting(): number } {
  let queue: Waiting<Item>[] = []
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
      if (batch.length === 1 || isForAll(error)) for (const waiting of batch) waiting.reject(error)
      else await writeAlone(batch)
    } finally {
      inFlight--
      schedule()
    }
  }

  async function writeAlone(batch: Waiting<Item>[]): Promise<void> {
    for (const waiting of batch) await write([waiting.item]).then(waiting.resolve, waiting.reject)
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
