/** One line of the table. */
export interface Result {
  part: string
  what: string
  seen: string
  target: string
  isReached: boolean
}

export interface BenchOptions {
  /** Shorter runs and less data: for a look, not for a claim. */
  isQuick: boolean
}

export type Bench = (options: BenchOptions) => Promise<Result[]>

/** A ratio that must be at least `least`. */
export function atLeast(part: string, what: string, value: number, least: number, detail: string, unit = '×'): Result {
  return { part, what, seen: `${shown(value)} ${unit} (${detail})`, target: `≥ ${least} ${unit}`, isReached: value >= least }
}

/** A figure that must be at most `most`. */
export function atMost(part: string, what: string, value: number, most: number, unit: string, detail?: string): Result {
  return { part, what, seen: `${shown(value)} ${unit}${detail ? ` (${detail})` : ''}`, target: `≤ ${most} ${unit}`, isReached: value <= most }
}

export function printTable(results: Result[]): void {
  const rows = [
    ['', 'what', 'seen', 'target', ''],
    ...results.map((r) => [r.part, r.what, r.seen, r.target, r.isReached ? 'reached' : 'NOT REACHED']),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows.map(line)
  process.stdout.write(`\n${[head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n')}\n`)
}

/** `share` 0.5 is the median. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
