import { isUtf8 } from 'node:buffer'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'koi8-r' | 'ibm866'

const oneByte = ['windows-1251', 'koi8-r', 'ibm866'] as const
/** The letters that make half of any Russian text. */
const frequent = /[оеаинтсрвл]/g
/** A capital behind a small letter, or what no Russian table holds: the wrong code page. */
const odd = /[а-яё][А-ЯЁ]|[\u2500-\u25ff]|[\u0402-\u040f\u0452-\u045f]/g

/**
 * The encoding of a text by its first bytes: a byte order mark, valid UTF-8, the zeros of UTF-16, else the Cyrillic code page in which it
 * reads most like Russian (windows-1251 is Excel's own).
 */
export function detectEncoding(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = zerosOf(head)
  if (zeros) return zeros
  if (isUtf8(wholeCharacters(head))) return 'utf-8'
  const scores = oneByte.map((encoding) => [scoreOf(new TextDecoder(encoding).decode(head)), encoding] as const)
  return scores.reduce((best, next) => (next[0] > best[0] ? next : best))[1]
}

function scoreOf(text: string): number {
  return (text.match(frequent)?.length ?? 0) - 5 * (text.match(odd)?.length ?? 0)
}

/** UTF-16 without its mark: every second byte of its separators and digits is zero. */
function zerosOf(head: Buffer): Encoding | undefined {
  const sides = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) sides[at % 2] = (sides[at % 2] ?? 0) + 1
  const [even = 0, uneven = 0] = sides
  if (Math.max(even, uneven) < head.length / 20) return undefined
  return uneven > even ? 'utf-16le' : 'utf-16be'
}

/** Without the character that the end of the sample may have cut. */
function wholeCharacters(head: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, head.length); back++) {
    const byte = head[head.length - back] ?? 0
    if (byte >= 0xc0) return head.subarray(0, head.length - back)
    if (byte < 0x80) break
  }
  return head
}
