/**
 * Cuts a text into pieces of at most `limit` UTF-16 units (never fewer than the characters a vendor counts), at the end of a paragraph, line
 * or word where there is one in the second half. Pieces put together give the text again; no piece is blank.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  pieces.push(rest)
  return pieces.filter((piece) => piece.trim() !== '')
}

function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit)
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(mark) + mark.length
    if (at > limit / 2) return at
  }
  return isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
