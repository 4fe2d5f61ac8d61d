/** Bounds what one sender and all senders together may put in at once. */
export interface PeerLimits {
  /** False when this peer has sent too much within the last minute. */
  mayStart(peer: string): boolean
  /** False when more bytes are being received than memory should hold. */
  reserve(bytes: number): boolean
  release(bytes: number): void
}

const minuteMs = 60_000

export function createPeerLimits(limits: { lettersPerMinute: number; bytesInFlight: number }): PeerLimits {
  const peers = new Map<string, { from: number; count: number }>()
  let inFlight = 0
  return {
    mayStart(peer) {
      const now = performance.now()
      if (peers.size > 10_000) for (const [name, entry] of peers) if (now - entry.from > minuteMs) peers.delete(name)
      const entry = peers.get(peer)
      if (entry === undefined || now - entry.from > minuteMs) {
        peers.set(peer, { from: now, count: 1 })
        return true
      }
      entry.count += 1
      return entry.count <= limits.lettersPerMinute
    },
    reserve(bytes) {
      if (inFlight + bytes > limits.bytesInFlight) return false
      inFlight += bytes
      return true
    },
    release(bytes) {
      inFlight -= bytes
    },
  }
}
