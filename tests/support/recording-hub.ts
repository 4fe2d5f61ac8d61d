import type { DeliverOptions, RawDelivery } from '../../src/core/connector/delivery.ts'
import type { ChannelHealth, Hub } from '../../src/core/connector/hub.ts'

/** What outlives a session: the stored deliveries and the channel's state. */
export interface HubMemory {
  deliveries: { raw: RawDelivery; dedupeKey: string | undefined }[]
  /** How often the hub was asked to store something, repetitions included. */
  asked: number
  state: Map<string, string>
  health: ChannelHealth[]
}

export function emptyMemory(): HubMemory {
  return { deliveries: [], asked: 0, state: new Map(), health: [] }
}

/** A hub that keeps deliveries once per dedupe key in memory. `beforeStore` and `beforeState` may throw, as a database that is gone does. */
export function recordingHub(memory: HubMemory, faults: { beforeStore?: () => void | Promise<void>; beforeState?: () => void } = {}): Hub {
  return {
    async deliver(raw: RawDelivery, options?: DeliverOptions) {
      memory.asked += 1
      await faults.beforeStore?.()
      await new Promise((resolve) => setImmediate(resolve))
      if (options?.dedupeKey === undefined || !memory.deliveries.some(({ dedupeKey }) => dedupeKey === options.dedupeKey))
        memory.deliveries.push({ raw, dedupeKey: options?.dedupeKey })
      if (options?.cursor !== undefined) memory.state.set(options.cursor.name, options.cursor.value)
    },
    report(health) {
      memory.health.push(health)
    },
    state: {
      get: async (name) => memory.state.get(name),
      async set(name, value) {
        faults.beforeState?.()
        if (Buffer.byteLength(value) > 65_536) throw new Error('a value of the state is larger than 64 kB')
        memory.state.set(name, value)
      },
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    clock: { now: () => new Date() },
    fetch: (url, init) => fetch(url, init),
  }
}
