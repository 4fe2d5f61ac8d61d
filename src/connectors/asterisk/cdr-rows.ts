/** Under this path rows of the CDR are kept as a delivery, their columns named in the first line. */
export const cdrPath = '/cdr'

/** One row of the CDR: one party's way from its start, so that a call may have several. Names of columns in lower case. */
export type CdrRow = Partial<Record<string, string>>

/** Cells of a line as `cdr_csv` and `cdr_custom` write them: quoted, a quote in them doubled. */
export function cellsOf(line: string): string[] {
  const cells: string[] = []
  let at = 0
  while (at <= line.length) {
    const isQuoted = line[at] === '"'
    const end = isQuoted ? closingQuote(line, at + 1) : comma(line, at)
    cells.push(isQuoted ? line.slice(at + 1, end).replaceAll('""', '"') : line.slice(at, end))
    at = comma(line, end) + 1
  }
  return cells
}

function closingQuote(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] !== '"') continue
    if (line[at + 1] !== '"') return at
    at += 1
  }
  return line.length
}

function comma(line: string, from: number): number {
  const at = line.indexOf(',', from)
  return at < 0 ? line.length : at
}

/** Names of columns, as the setting and the first line of a delivery write them. */
export function columnsOf(text: string): string[] {
  return text.split(',').map((name) => name.trim().toLowerCase())
}

export function rowOf(line: string, columns: readonly string[]): CdrRow {
  const cells = cellsOf(line)
  return Object.fromEntries(columns.map((name, index) => [name, cells[index]?.trim() ?? '']))
}

/** A line that `cellsOf` reads; a line break in a cell becomes a space. */
export function lineOf(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""').replaceAll(/[\r\n]+/g, ' ')}"`).join(',')
}
