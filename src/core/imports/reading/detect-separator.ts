const candidates = [';', ',', '\t', '|'] as const
export type Separator = (typeof candidates)[number]

/** The sign that cuts the first lines into most columns, equally many in each. Quoted text is passed over. */
export function detectSeparator(head: string): Separator {
  const told = /^sep=([;,\t|])\r?\n/.exec(head)?.[1]
  if (told) return told as Separator
  const lines = head
    .replaceAll(/"(?:[^"]|"")*"/g, '""')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
  const scored = candidates.map((separator) => [scoreOf(lines, separator), separator] as const)
  return scored.reduce((best, next) => (next[0] > best[0] ? next : best))[1]
}

function scoreOf(lines: string[], separator: Separator): number {
  const counts = lines.map((line) => line.split(separator).length - 1)
  const first = counts[0] ?? 0
  const alike = counts.filter((count) => count === first).length
  return first * (alike / Math.max(1, counts.length))
}
