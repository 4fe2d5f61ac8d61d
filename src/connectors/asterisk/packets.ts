/** One AMI packet: names in lower case, the first of repeated ones. */
export type Packet = ReadonlyMap<string, string>

/** Longest packet and longest greeting, bytes: an honest server stays far below. */
const longestPacket = 256 * 1024
const end = Buffer.from('\r\n\r\n')

/** Cuts a stream into the raw texts of its packets. The greeting of one line comes first. */
export class PacketReader {
  #rest = Buffer.alloc(0)
  #isGreeted = false

  /** Throws when a packet is longer than any honest one. */
  push(chunk: Uint8Array): string[] {
    this.#rest = Buffer.concat([this.#rest, chunk])
    const texts: string[] = []
    for (let text = this.#take(); text !== undefined; text = this.#take()) texts.push(text)
    if (this.#rest.length > longestPacket) throw new RangeError('a packet without an end')
    return texts
  }

  #take(): string | undefined {
    const mark = this.#isGreeted ? end : end.subarray(0, 2)
    const at = this.#rest.indexOf(mark)
    if (at < 0) return undefined
    const text = this.#rest.subarray(0, at).toString('utf8')
    this.#rest = this.#rest.subarray(at + mark.length)
    this.#isGreeted = true
    return text
  }
}

/** `Key: value` lines; a line without a colon belongs to none (output of commands). */
export function readPacket(text: string): Packet {
  const packet = new Map<string, string>()
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    if (!packet.has(name)) packet.set(name, line.slice(colon + 1).trim())
  }
  return packet
}

/** Throws on a line break in a value: it would be another field, or another action. */
export function writeAction(fields: Record<string, string | string[]>): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
  if (lines.some((line) => /[\r\n\0]/.test(line))) throw new TypeError('a line break in a field')
  return `${lines.join('\r\n')}\r\n\r\n`
}
