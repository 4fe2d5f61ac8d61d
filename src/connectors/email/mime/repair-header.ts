import { decodeText, detectCharset, hasHighByte, isKnownCharset, isUtf8 } from './charset.ts'
import { decodeQuotedPrintable } from './transfer.ts'

/** Neighbouring encoded words of one charset: senders cut them inside a character. */
const neighbours = /=\?([^?\s]{1,40})\?([BbQq])\?[^?\s]*\?=(?:\s+=\?\1\?\2\?[^?\s]*\?=)+/g
const word = /=\?[^?\s]+\?[BbQq]\?([^?\s]*)\?=/g
const single = /=\?([^?\s]{1,40})\?([BbQq])\?([^?]*)\?=/g

/**
 * A header block that parsers read rightly: raw 8-bit bytes become UTF-8 (by the charset of the body where it fits, else by a guess), encoded
 * words cut inside a character are joined, and words in a wrong charset are written anew. Undefined when nothing had to change.
 */
export function repairHeaderBlock(block: Buffer, bodyCharset?: string): Buffer | undefined {
  let changed = block
  if (hasHighByte(block) && !isUtf8(block)) changed = transcodeLines(block, bodyCharset)
  const text = changed.toString('utf8')
  if (!text.includes('=?')) return changed === block ? undefined : changed
  const repaired = text.replace(neighbours, joinWords).replace(single, correctWord)
  if (repaired === text) return changed === block ? undefined : changed
  return Buffer.from(repaired, 'utf8')
}

function transcodeLines(block: Buffer, bodyCharset: string | undefined): Buffer {
  const trusted = bodyCharset !== undefined && isKnownCharset(bodyCharset) && !/^(?:us-ascii|utf-?8|iso-8859-1|windows-1252)$/i.test(bodyCharset)
  const charset = trusted ? bodyCharset : detectCharset(highLines(block))
  const lines = block.toString('latin1').split('\n')
  const repaired = lines.map((line) => {
    const bytes = Buffer.from(line, 'latin1')
    return hasHighByte(bytes) && !isUtf8(bytes) ? decodeText(bytes, charset) : bytes.toString('utf8')
  })
  return Buffer.from(repaired.join('\n'), 'utf8')
}

function highLines(block: Buffer): Buffer {
  const lines = block.toString('latin1').split('\n')
  const high = lines.filter((line) => hasHighByte(Buffer.from(line, 'latin1'))).map((line) => line.replace(/^[!-9;-~]+:/, ''))
  return Buffer.from(high.join('\n'), 'latin1')
}

function joinWords(run: string, charset: string, encoding: string): string {
  const pieces = [...run.matchAll(word)].map((match) => match[1] ?? '')
  if (encoding.toUpperCase() === 'Q') return `=?${charset}?Q?${pieces.join('')}?=`
  const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')))
  return `=?${charset}?B?${bytes.toString('base64')}?=`
}

function correctWord(whole: string, charset: string, encoding: string, content: string): string {
  const label = charset.replace(/\*.*$/, '')
  const suspicious = !isKnownCharset(label) || /^(?:us-ascii|ascii|iso-8859-1|latin1|windows-1252)$/i.test(label)
  if (!suspicious) return whole
  const bytes =
    encoding.toUpperCase() === 'B' ? Buffer.from(content, 'base64') : decodeQuotedPrintable(Buffer.from(content.replace(/_/g, ' '), 'latin1'))
  if (!hasHighByte(bytes)) return isKnownCharset(label) ? whole : `=?utf-8?B?${bytes.toString('base64')}?=`
  const text = decodeText(bytes, detectCharset(bytes, label))
  return `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`
}
