/** A piece of a found text; `hit` pieces are to be highlighted. Plain text: no markup is ever made of it on the server. */
export interface SnippetPart {
  text: string
  hit: boolean
}

const start = '\uE000'
const stop = '\uE001'
const before = 60
const longest = 240

/**
 * The neighbourhood of the first hit. `marked` says where hits are (its ё are folded), `plain` is what is shown; where the two do not fit together
 * the beginning is shown without highlighting.
 */
export function cutSnippet(plain: string, marked: string): SnippetPart[] {
  const hits = hitsOf(marked)
  const fits = marked.replaceAll(start, '').replaceAll(stop, '').length === plain.length
  const first = fits ? hits[0] : undefined
  const from = first ? startOfWord(plain, Math.max(0, first.from - before)) : 0
  const until = Math.min(plain.length, from + longest)
  const inside = fits ? hits.filter((hit) => hit.from >= from && hit.until <= until) : []
  const parts: SnippetPart[] = from > 0 ? [{ text: '…', hit: false }] : []
  let at = from
  for (const hit of inside) {
    parts.push({ text: plain.slice(at, hit.from), hit: false }, { text: plain.slice(hit.from, hit.until), hit: true })
    at = hit.until
  }
  parts.push({ text: plain.slice(at, until) + (until < plain.length ? '…' : ''), hit: false })
  return parts.map((part) => ({ ...part, text: part.text.toWellFormed() })).filter((part) => part.text !== '')
}

function hitsOf(marked: string): { from: number; until: number }[] {
  const hits: { from: number; until: number }[] = []
  let at = 0
  for (const [index, piece] of marked.split(start).entries()) {
    const [hit = '', rest = ''] = index === 0 ? ['', piece] : piece.split(stop)
    if (index > 0) hits.push({ from: at, until: at + hit.length })
    at += hit.length + rest.length
  }
  return hits
}

function startOfWord(text: string, from: number): number {
  const space = text.slice(from, from + 30).search(/\s/)
  return from === 0 || space === -1 ? from : from + space + 1
}
