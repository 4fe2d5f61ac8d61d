import type { Storage } from './kept.ts'
import type { Outgoing } from './outgoing.ts'
import { newId, type Sent } from './wire.ts'

export interface Outbox {
  all(): Outgoing[]
  add(said: { text: string; payload: object; files?: File[] }): Outgoing
  /** Sends what waits, one after the other. */
  flush(): void
  retry(id: string): void
  /** It stands in the history: ours to forget. */
  settle(id: string): void
  clear(): void
}

const longestPauseMs = 30_000
const slowPauseMs = 15_000
/** What is stored at the hub and never came to be seen in the history is forgotten after a day. */
const keepStoredMs = 24 * 60 * 60 * 1000

/** Keeps what was said until the hub has it: over broken lines, restarts and reloads; under one id, so that it is there once. */
export function createOutbox(storage: Storage, send: (one: Outgoing) => Promise<Sent>, onChange: () => void): Outbox {
  let queue = storage.outgoing().filter((one) => one.state !== 'stored' || Date.now() - one.at < keepStoredMs)
  let isSending = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = 1_000

  const change = (one: Outgoing, changes: Partial<Outgoing>) => {
    Object.assign(one, changes)
    if (!changes.fault) delete one.fault
    storage.saveOutgoing(one)
    onChange()
  }

  async function work(): Promise<void> {
    for (let next = waiting(); next; next = waiting()) {
      const sent = await send(next)
      if (!queue.includes(next)) continue
      if (sent === 'stored') {
        pauseMs = 1_000
        change(next, { state: 'stored' })
      } else if (sent === 'refused' || sent === 'too_large') change(next, { state: 'refused', fault: sent })
      else {
        if (sent === 'slow') change(next, { fault: 'slow' })
        timer = setTimeout(flush, sent === 'slow' ? slowPauseMs : pauseMs)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
        return
      }
    }
  }
  const waiting = () => queue.find((one) => one.state === 'waiting')

  function flush(): void {
    clearTimeout(timer)
    if (isSending) return
    isSending = true
    void work().finally(() => {
      isSending = false
    })
  }

  return {
    all: () => queue,
    add({ text, payload, files = [] }) {
      const one: Outgoing = { id: newId(), text, payload, state: 'waiting', at: Date.now(), ...(files.length > 0 && { files }) }
      queue.push(one)
      storage.saveOutgoing(one)
      onChange()
      flush()
      return one
    },
    flush,
    retry(id) {
      const one = queue.find((other) => other.id === id)
      if (one) change(one, { state: 'waiting' })
      flush()
    },
    settle(id) {
      queue = queue.filter((one) => one.id !== id)
      storage.removeOutgoing(id)
    },
    clear() {
      queue = []
    },
  }
}
