/**
 * Cuts a text into pieces of at most `limit` as `sizeOf` counts (never less than UTF-16 units), at the end of a paragraph, line or word where there
 * is one in the second half. Pieces put together give the text again, but for blank ones.
 */
export function splitText(text: string, limit: number, sizeOf: (text: string) => number = (of) => of.length): string[] {
  const pieces: string[] = []
  let rest = text
  while (sizeOf(rest.slice(0, limit + 1)) > limit) {
    const at = cutAt(rest.slice(0, fitting(rest, limit, sizeOf)))
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '')
}

/** How many units from the beginning fit, at least one character. */
function fitting(text: string, limit: number, sizeOf: (text: string) => number): number {
  let [fits, tooMany] = [1, limit + 1]
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1
    if (sizeOf(text.slice(0, middle)) <= limit) fits = middle
    else tooMany = middle
  }
  const isHalved = /[\ud800-\udbff]$/.test(text.slice(0, fits))
  return isHalved ? Math.max(fits - 1, 2) : fits
}

function cutAt(window: string): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(mark) + mark.length
    if (at > window.length / 2) return at
  }
  return window.length
}
