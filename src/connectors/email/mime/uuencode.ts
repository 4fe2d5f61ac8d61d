import type { InboundAttachment } from '../../../core/connector/event.ts'
import { safeFileName } from './file-name.ts'

const begin = /^begin(?:-base64)? [0-7]{3,4} (\S.{0,254})$/
const maxFiles = 50

/**
 * Files that stand in a text between `begin 644 name` and `end` (POSIX uuencode, its base64 form included), as old programs and 1C write them: taken
 * out of the text. What only looks like one stays where it is.
 */
export function takeUuencoded(text: string): { text: string; files: InboundAttachment[] } {
  if (!/^begin(?:-base64)? [0-7]{3}/m.test(text)) return { text, files: [] }
  const lines = text.split(/\r?\n/)
  const kept: string[] = []
  const files: InboundAttachment[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const block = files.length < maxFiles ? readBlock(lines, at) : undefined
    if (block === undefined) kept.push(lines[at] ?? '')
    else {
      files.push(fileOf(block))
      at = block.end
    }
  }
  return files.length === 0 ? { text, files } : { text: kept.join('\n'), files }
}

interface Block {
  name: string
  bytes: Buffer
  /** Number of the line with `end`. */
  end: number
}

function readBlock(lines: string[], start: number): Block | undefined {
  const first = begin.exec(lines[start] ?? '')
  if (first === null) return undefined
  const isBase64 = lines[start]?.startsWith('begin-base64') === true
  const chunks: Buffer[] = []
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line === (isBase64 ? '====' : 'end')) return { name: first[1] ?? '', bytes: Buffer.concat(chunks), end: at }
    const chunk = isBase64 ? readBase64(line) : readLine(line)
    if (chunk === undefined) return undefined
    chunks.push(chunk)
  }
  return undefined
}

/** One line: its first letter is the count of bytes, four letters make three bytes. Trailing blanks may have been lost on the way. */
function readLine(line: string): Buffer | undefined {
  const count = (line.charCodeAt(0) - 32) & 63
  if (line === '' || line === '`' || count === 0) return Buffer.alloc(0)
  const length = Math.ceil(count / 3) * 4
  const body = line.slice(1)
  if (!/^[ -`]*$/.test(line) || body.length > length + 1) return undefined
  const letters = body.padEnd(length, ' ')
  const bytes = Buffer.alloc((length / 4) * 3)
  for (let group = 0; group < length / 4; group += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((index) => (letters.charCodeAt(group * 4 + index) - 32) & 63)
    bytes.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, group * 3, 3)
  }
  return bytes.subarray(0, count)
}

function readBase64(line: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(line) ? Buffer.from(line, 'base64') : undefined
}

function fileOf({ name, bytes }: Block): InboundAttachment {
  return { name: safeFileName(name.trim(), 'file'), type: 'application/octet-stream', size: bytes.length, bytes }
}
