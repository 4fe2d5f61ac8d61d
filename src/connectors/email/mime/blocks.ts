import { createHash } from 'node:crypto'

/** Where the header block ends and the body starts, in bytes from `start`. Bare LF is tolerated. */
export function findBody(raw: Buffer, start = 0, end = raw.length): { headerEnd: number; bodyStart: number } {
  if (raw[start] === 0x0a) return { headerEnd: start, bodyStart: start + 1 }
  if (raw[start] === 0x0d && raw[start + 1] === 0x0a) return { headerEnd: start, bodyStart: start + 2 }
  const part = raw.subarray(start, end)
  const crlf = part.indexOf('\r\n\r\n', 0, 'latin1')
  const lf = (crlf < 0 ? part : part.subarray(0, crlf)).indexOf('\n\n', 0, 'latin1')
  const useLf = lf >= 0
  const found = useLf ? lf : crlf
  if (found < 0) return { headerEnd: end, bodyStart: end }
  const at = start + found
  return { headerEnd: at + (useLf ? 1 : 2), bodyStart: at + (useLf ? 2 : 4) }
}

export interface RawHeader {
  /** Lower-cased. */
  name: string
  /** Unfolded, one byte per character. */
  value: string
}

const maxHeaders = 2000
const maxHeaderLength = 20_000

/** Header fields in order, unfolded, one character per byte (latin1). Absurd ones are cut, so that no rule about them can take long. */
export function readHeaders(block: Buffer): RawHeader[] {
  const headers: RawHeader[] = []
  for (const line of block.toString('latin1').split(/\r?\n(?![ \t])/, maxHeaders)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    if (!/^[!-9;-~]+$/.test(name)) continue
    headers.push({
      name,
      value: line
        .slice(colon + 1, colon + maxHeaderLength)
        .replace(/\r?\n[ \t]+/g, ' ')
        .trim(),
    })
  }
  return headers
}

export function headerValue(headers: RawHeader[], name: string): string | undefined {
  return headers.find((header) => header.name === name)?.value
}

const messageIdPattern = /<[^<>\s]+>/

/**
 * One key for one letter, however it came (IMAP, POP3, door, Sent): its Message-ID and a hash of its body. Ids that site scripts repeat stay
 * apart by the hash. Without an id: a hash of the whole.
 */
export function letterKey(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { headerEnd, bodyStart } = findBody(raw)
  const header = headerValue(readHeaders(raw.subarray(0, headerEnd)), 'message-id')
  const id = header === undefined ? undefined : (messageIdPattern.exec(header)?.[0] ?? (header.trim() || undefined))
  if (id === undefined) return `#${sha256(trimEnd(raw)).slice(0, 40)}`
  return `${Array.from(id)
    .filter((character) => character > ' ')
    .join('')
    .slice(0, 500)}#${sha256(trimEnd(raw.subarray(bodyStart))).slice(0, 16)}`
}

function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1
  return bytes.subarray(0, end)
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
