import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import { charsetOf, decodeText } from './decode-text.ts'
import { addEntry, finishEntries, newCollector } from './entries.ts'
import { parseJson } from './parse-json.ts'
import { parseMultipart } from './parse-multipart.ts'
import { parseUrlencoded } from './parse-urlencoded.ts'
import { type ReadItem, readJson } from './submissions.ts'

export type BodyKind = 'empty' | 'json' | 'urlencoded' | 'multipart' | 'text'

/** What the door reads before the proof is known: no stranger shall keep the process busy. */
export const maxDoorParseBytes = 512 * 1024

const maxInflatedBytes = 64 * 1024 * 1024
const inflaters: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: maxInflatedBytes }),
  deflate: (bytes) => inflateSync(bytes, { maxOutputLength: maxInflatedBytes }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: maxInflatedBytes }),
}

/** What the body is: by its own first characters where they are clear, for `curl -d '{…}'` and PHP declare JSON as a form; else as declared. */
export function kindOf(request: RawDelivery): BodyKind {
  const start = Buffer.from(request.body.subarray(0, 120)).toString('latin1').replace(/^ï»¿/, '').trimStart()
  const declared = request.headers['content-type'] ?? ''
  if (request.body.length === 0) return 'empty'
  if (/^multipart\//i.test(declared) || /^--[^\r\n]+\r\n/.test(start)) return 'multipart'
  if (/^(\[\s*[[{"\]]|\{\s*["}])/.test(start)) return 'json'
  if (/\bjson\b/i.test(declared)) return /^[\w%.[\]-]+=/.test(start) ? 'urlencoded' : 'json'
  if (/x-www-form-urlencoded/i.test(declared)) return 'urlencoded'
  return /^[^\s=&<]+=/.test(start) ? 'urlencoded' : 'text'
}

/** Everything the delivery holds. Files need the asynchronous reading; the rest is {@link readBodyNow}. */
export async function readBody(request: RawDelivery): Promise<ReadItem[]> {
  const bytes = inflate(request)
  if (typeof bytes === 'string') return [{ is: 'malformed', reason: bytes }]
  const inflated = { ...request, body: bytes }
  if (kindOf(inflated) !== 'multipart') return readPlain(inflated)
  const into = newCollector()
  const wrong = await parseMultipart(bytes, request.headers['content-type'], into)
  if (into.entries.length === 0) return [{ is: 'malformed', reason: wrong ?? 'there is no field in it' }]
  if (wrong !== undefined) addEntry(into, { name: '…', path: '…', value: `the rest could not be read: ${wrong}` })
  return [{ is: 'submission', entries: finishEntries(into), attachments: into.attachments }]
}

/** The same without waiting, for the door; undefined for multipart and for what is compressed. */
export function readBodyNow(request: RawDelivery): ReadItem[] | undefined {
  const isCompressed = request.headers['content-encoding'] !== undefined
  return isCompressed || kindOf(request) === 'multipart' ? undefined : readPlain(request)
}

function readPlain(request: RawDelivery): ReadItem[] {
  const charset = charsetOf(request.headers['content-type'])
  switch (kindOf(request)) {
    case 'json': {
      const json = parseJson(decodeText(request.body, charset))
      return json === undefined ? [{ is: 'malformed', reason: 'the body is not valid JSON' }] : readJson(json)
    }
    case 'urlencoded':
      return readPairs(request.body, charset)
    case 'text': {
      const into = newCollector()
      addEntry(into, { name: 'text', path: 'text', value: decodeText(request.body, charset).trim() })
      return [{ is: 'submission', entries: finishEntries(into), attachments: [] }]
    }
    default:
      return request.query === '' ? [{ is: 'malformed', reason: 'the body is empty' }] : readPairs(Buffer.from(request.query, 'latin1'), undefined)
  }
}

function readPairs(bytes: Uint8Array, charset: string | undefined): ReadItem[] {
  const into = newCollector()
  parseUrlencoded(bytes, charset, into)
  if (into.entries.length === 0) return [{ is: 'malformed', reason: 'there is no field in it' }]
  return [{ is: 'submission', entries: finishEntries(into), attachments: [] }]
}

function inflate(request: RawDelivery): Uint8Array | string {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity') return request.body
  const inflater = Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined
  if (inflater === undefined) return `unknown content encoding ${encoding.slice(0, 40)}`
  try {
    return inflater(request.body)
  } catch {
    return `the body is not ${encoding}`
  }
}
