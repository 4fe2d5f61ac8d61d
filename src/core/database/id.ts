import { randomBytes, randomInt } from 'node:crypto'

let lastMs = 0
let counter = 0

/** A UUIDv7 (RFC 9562): sorts by time of making; of one process also within a millisecond, by a counter (§6.2, method 1). */
export function newId(now = Date.now()): string {
  if (now > lastMs) {
    lastMs = now
    counter = randomInt(0x800)
  } else if (++counter > 0xfff) {
    lastMs++
    counter = 0
  }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
