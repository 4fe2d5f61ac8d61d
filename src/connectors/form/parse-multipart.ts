import busboy from 'busboy'
import { decodeText } from './decode-text.ts'
import { addEntry, type Collector, limits, toPath } from './entries.ts'
import { flattenText } from './flatten-json.ts'

const boundaryOfHeader = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i

/**
 * `multipart/form-data` (RFC 7578) from the whole body in memory; resolves with what went wrong, after keeping what could be read.
 * Text is taken as bytes and decoded by us, for Russian sites send windows-1251 without saying so.
 */
export function parseMultipart(bytes: Uint8Array, contentType: string | undefined, into: Collector): Promise<string | undefined> {
  const boundary = boundaryOf(bytes, contentType)
  if (boundary === undefined) return Promise.resolve('multipart without a boundary')
  return new Promise((resolve) => {
    const parser = busboy({
      headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
      defCharset: 'latin1',
      defParamCharset: 'latin1',
      limits: { fieldNameSize: 4096, fieldSize: limits.characters, parts: 10_000 },
    })
    parser.on('field', (name, value) => {
      flattenText(recode(value), into, recode(name))
    })
    parser.on('file', (field, stream, info) => collectFile(into, recode(field), stream, info))
    parser.on('error', (error) => resolve(error instanceof Error ? error.message : 'unreadable multipart'))
    parser.on('close', () => resolve(undefined))
    parser.end(bytes)
  })
}

function boundaryOf(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const named = boundaryOfHeader.exec(contentType ?? '')
  const boundary = named?.[1] ?? named?.[2]
  if (boundary !== undefined) return boundary.replaceAll('"', '').slice(0, 200)
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return /^(?:\r\n)?--([^\r\n"]{1,70})\r\n/.exec(start)?.[1]
}

function collectFile(into: Collector, field: string, stream: NodeJS.ReadableStream, info: busboy.FileInfo): void {
  const pieces: Buffer[] = []
  const name = recode(info.filename)
  stream.on('error', () => undefined)
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  stream.on('end', () => {
    const bytes = Buffer.concat(pieces)
    const isEmptyInput = name === '' && bytes.length === 0
    if (isEmptyInput) return
    if (into.attachments.length >= limits.files) {
      into.dropped += 1
      return
    }
    into.attachments.push({ name: name || field || 'file', type: info.mimeType, size: bytes.length, bytes })
    addEntry(into, { name: field, path: toPath(field), type: 'file', value: name })
  })
}

/** Bytes that busboy gave as latin1 → text. What it already decoded (a charset named by the part, `filename*`) has letters beyond latin1 and stays. Undefined for an empty name, whatever its types say. */
function recode(text: string | undefined): string {
  if (text === undefined) return ''
  const isBytes = Array.from(text).every((letter) => letter.charCodeAt(0) <= 0xff)
  return isBytes ? decodeText(Buffer.from(text, 'latin1')) : text
}
