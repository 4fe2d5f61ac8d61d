import { findBody, headerValue, readHeaders } from './blocks.ts'
import { detectCharset, hasHighByte, isKnownCharset } from './charset.ts'
import { repairHeaderBlock } from './repair-header.ts'
import { decodeTransfer } from './transfer.ts'

interface Edit {
  start: number
  end: number
  bytes: Buffer
}

const maxParts = 2000
/** Text beyond this becomes a file: it would take parsers and readers too long. */
const maxTextBytes = 2_000_000
const maxDepth = 30
/** Charsets that senders write without meaning them. */
const doubtful = /^(?:|us-ascii|ascii|iso-8859-1|latin1|windows-1252|cp1252|unknown-8bit|x-unknown|binary|8bit|none|default)$/i

/**
 * The same letter with its charsets put right, so that a parser can read it: only headers change, bodies stay byte for byte. The very same buffer
 * comes back when nothing was wrong, which is the usual and quick case.
 */
export function repairLetter(raw: Buffer): Buffer {
  const edits: Edit[] = []
  const budget = { parts: maxParts }
  repairPart(raw, { start: 0, end: raw.length }, { edits, budget, depth: 0 })
  if (edits.length === 0) return raw
  const pieces: Buffer[] = []
  let at = 0
  for (const edit of edits.sort((a, b) => a.start - b.start)) {
    pieces.push(raw.subarray(at, edit.start), edit.bytes)
    at = edit.end
  }
  pieces.push(raw.subarray(at))
  return Buffer.concat(pieces)
}

function repairPart(raw: Buffer, range: { start: number; end: number }, walk: { edits: Edit[]; budget: { parts: number }; depth: number }): void {
  walk.budget.parts -= 1
  if (walk.budget.parts < 0 || walk.depth > maxDepth) return
  const { headerEnd, bodyStart } = findBody(raw, range.start, range.end)
  const block = raw.subarray(range.start, headerEnd)
  const headers = readHeaders(block)
  const type = headerValue(headers, 'content-type') ?? ''
  const boundary = /^\s*multipart\//i.test(type) ? boundaryOf(type) : undefined
  if (boundary === undefined && range.end - bodyStart > maxTextBytes && isText(type)) {
    walk.edits.push({ start: range.start, end: headerEnd, bytes: asFile(block, type) })
    return
  }
  const charset = boundary === undefined ? charsetFor(headers, type, raw.subarray(bodyStart, range.end)) : undefined
  const withCharset = charset === undefined ? undefined : declareCharset(block, type, charset)
  const repaired = repairHeaderBlock(withCharset ?? block, charset ?? parameter(type, 'charset'))
  const bytes = repaired ?? withCharset
  if (bytes !== undefined) walk.edits.push({ start: range.start, end: headerEnd, bytes })
  if (boundary === undefined) return
  for (const part of splitParts(raw, { start: bodyStart, end: range.end }, boundary)) repairPart(raw, part, { ...walk, depth: walk.depth + 1 })
}

/** The charset to declare for a text part, or undefined when what it declares can stand. */
function charsetFor(headers: { name: string; value: string }[], type: string, body: Buffer): string | undefined {
  if (!isText(type)) return undefined
  const declared = parameter(type, 'charset') ?? ''
  if (!doubtful.test(declared) && isKnownCharset(declared)) return undefined
  const encoding = (headerValue(headers, 'content-transfer-encoding') ?? '').trim().toLowerCase()
  const content = decodeTransfer(body.length > 4_000_000 ? body.subarray(0, 4_000_000) : body, encoding)
  if (!hasHighByte(content) && !Buffer.from(content).subarray(0, 4096).includes(0x1b))
    return isKnownCharset(declared) || declared === '' ? undefined : 'utf-8'
  const detected = detectCharset(content, declared === '' ? undefined : declared)
  return detected.toLowerCase() === declared.toLowerCase() ? undefined : detected
}

function isText(type: string): boolean {
  return type === '' || /^\s*text\//i.test(type)
}

function asFile(block: Buffer, type: string): Buffer {
  const name = /html/i.test(type) ? 'letter.html' : 'letter.txt'
  const others = block
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)
    .filter((line) => line !== '' && !/^content-(?:type|disposition)[ \t]*:/i.test(line))
  const lines = [...others, `Content-Type: application/octet-stream; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`]
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1')
}

/** A part without Content-Type gets one; otherwise the charset parameter is written anew. */
function declareCharset(block: Buffer, type: string, charset: string): Buffer {
  const text = block.toString('latin1')
  if (type === '')
    return Buffer.from(`${text}${text === '' || text.endsWith('\n') ? '' : '\r\n'}Content-Type: text/plain; charset=${charset}\r\n`, 'latin1')
  const cleaned = type.replace(/;\s*charset\s*=\s*(?:"[^"]*"|[^;\s]*)/gi, '')
  const line = `Content-Type: ${cleaned.replace(/;\s*$/, '')}; charset=${charset}`
  return Buffer.from(
    text.replace(/^content-type[ \t]*:.*(?:\r?\n[ \t]+.*)*/im, () => line),
    'latin1',
  )
}

function boundaryOf(type: string): string | undefined {
  return parameter(type, 'boundary') || undefined
}

function parameter(type: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(type)
  return match === null ? undefined : (match[1] ?? match[2] ?? '').trim()
}

function* splitParts(raw: Buffer, range: { start: number; end: number }, boundary: string): Generator<{ start: number; end: number }> {
  const marker = Buffer.from(`--${boundary}`, 'latin1')
  let partStart = -1
  let at = raw.indexOf(marker, range.start)
  while (at >= 0 && at < range.end) {
    const startsLine = at === range.start || raw[at - 1] === 0x0a
    if (startsLine) {
      if (partStart >= 0) yield { start: partStart, end: at }
      if (raw.subarray(at + marker.length, at + marker.length + 2).toString('latin1') === '--') return
      const lineEnd = raw.indexOf(0x0a, at)
      if (lineEnd < 0) return
      partStart = lineEnd + 1
    }
    at = raw.indexOf(marker, at + marker.length)
  }
  if (partStart >= 0) yield { start: partStart, end: range.end }
}
