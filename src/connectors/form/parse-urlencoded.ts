import { decodeText } from './decode-text.ts'
import type { Collector } from './entries.ts'
import { flattenText } from './flatten-json.ts'

/**
 * `application/x-www-form-urlencoded` (https://url.spec.whatwg.org/#urlencoded-parsing), with the charset found for all values together:
 * a short name alone says too little. Equal names are joined by `, `, as browsers send ticked boxes.
 */
export function parseUrlencoded(bytes: Uint8Array, declared: string | undefined, into: Collector): void {
  const pairs = splitPairs(bytes)
  const charset = declared ?? declaredInside(pairs)
  const pieces = pairs.flat()
  const together = decodeText(joinBytes(pieces), charset).split('\u0000')
  const all = together.length === pieces.length ? together : pieces.map((piece) => decodeText(piece))
  const joined = new Map<string, string>()
  for (let index = 0; index < pairs.length; index += 1) {
    const name = all[index * 2] ?? ''
    const value = all[index * 2 + 1] ?? ''
    if (name === '' && value === '') continue
    const before = joined.get(name)
    joined.set(name, before === undefined || before === '' ? value : `${before}, ${value}`)
  }
  for (const [name, value] of joined) flattenText(value, into, name)
}

function splitPairs(bytes: Uint8Array): [Uint8Array, Uint8Array][] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return text
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const at = piece.indexOf('=')
      return at < 0 ? [percentDecode(piece), percentDecode('')] : [percentDecode(piece.slice(0, at)), percentDecode(piece.slice(at + 1))]
    })
}

/** `%D0` and `+` → bytes; a NUL becomes nothing, for NUL separates the values while they are decoded together. */
function percentDecode(latin1: string): Uint8Array {
  const plain = latin1
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\u0000', '')
  return Buffer.from(plain, 'latin1')
}

function joinBytes(pieces: Uint8Array[]): Uint8Array {
  const nul = Buffer.alloc(1)
  return Buffer.concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [nul, piece])))
}

/** Old browsers told the charset in a field of its own (https://html.spec.whatwg.org/#attr-fe-name-charset). */
function declaredInside(pairs: [Uint8Array, Uint8Array][]): string | undefined {
  const found = pairs.find(([name]) => Buffer.from(name).toString('latin1') === '_charset_')
  return found === undefined ? undefined : Buffer.from(found[1]).toString('latin1')
}
