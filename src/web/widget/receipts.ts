import { newId, type Place, post } from './wire.ts'

export interface Receipts {
  delivered(ids: string[]): void
  /** `done` is called once it is known at the hub. */
  read(id: string, done: () => void): void
}

const gatherMs = 400
const againMs = 5_000
const mostAtOnce = 100

/** Tells the firm what has come and what was read: some at a time, again until it is heard. */
export function createReceipts(place: Place, who: () => { token: string; visitorId: string } | undefined): Receipts {
  const arrived = new Set<string>()
  const read = new Map<string, () => void>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function tell(): Promise<void> {
    timer = undefined
    const visitor = who()
    const ids = { delivered: [...arrived].slice(0, mostAtOnce), read: [...read.keys()].slice(0, mostAtOnce) }
    if (!visitor || ids.delivered.length + ids.read.length === 0) return
    const sent = await post(place, visitor, newId(), { type: 'receipts', ...ids })
    if (sent === 'stored' || sent === 'refused') {
      for (const id of ids.delivered) arrived.delete(id)
      for (const id of ids.read) {
        read.get(id)?.()
        read.delete(id)
      }
    }
    if (arrived.size + read.size > 0) later(againMs)
  }
  const later = (ms: number) => {
    if (timer === undefined) timer = setTimeout(() => void tell(), ms)
  }
  return {
    delivered(ids) {
      for (const id of ids) arrived.add(id)
      later(gatherMs)
    },
    read(id, done) {
      if (!read.has(id)) read.set(id, done)
      arrived.delete(id)
      later(gatherMs)
    },
  }
}
