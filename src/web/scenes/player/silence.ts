/** Loudness, 0 to 1, below which nobody speaks. */
const quiet = 0.04
/** Shorter pauses belong to speech. */
const shortestSeconds = 1.5
/** What is left of a pause at either end, so that no word is cut. */
const edgeSeconds = 0.3

/** Spans in seconds in which no side speaks, from the loudest values per side. */
export function silences(peaks: readonly (readonly number[])[], seconds: number): { from: number; to: number }[] {
  const count = Math.max(0, ...peaks.map((side) => side.length))
  const each = count === 0 ? 0 : seconds / count
  const found: { from: number; to: number }[] = []
  let from: number | undefined
  for (let index = 0; index <= count; index++) {
    const isQuiet = index < count && peaks.every((side) => Math.abs(side[index] ?? 0) < quiet)
    if (isQuiet) from ??= index * each
    if (isQuiet || from === undefined) continue
    if (index * each - from >= shortestSeconds) found.push({ from: toTenths(from + edgeSeconds), to: toTenths(index * each - edgeSeconds) })
    from = undefined
  }
  return found
}

/** How much of a recording each side speaks, 0 to 1. */
export function shares(peaks: readonly (readonly number[])[]): number[] {
  return peaks.map((side) => (side.length === 0 ? 0 : side.filter((value) => Math.abs(value) >= quiet).length / side.length))
}

function toTenths(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
