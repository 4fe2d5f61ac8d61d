import type { api } from '../../api/client.ts'

export type Report = Awaited<ReturnType<typeof api.reports.today>>
export type FactName = Parameters<typeof api.reports.rows>[0]['fact']
/** Which rows are opened: of a number, perhaps narrowed. */
export interface Opened {
  fact: FactName
  count: number
  source?: string
  topic?: string
  hour?: number
  userId?: string
}
export type Open = (what: Opened) => void

/** What the whole page is narrowed to. */
export interface PageSpan {
  from: string
  to: string
  teamId?: string
}

/** A median of fewer is chance. */
export const fewest = 5

/** A day with its weekday, or the first and the last of several, in the console's language. */
export function shownDays({ from, to }: { from: string; to: string }, language: string): string {
  const parts: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', timeZone: 'UTC', ...(from === to && { weekday: 'long' }) }
  return new Intl.DateTimeFormat(language, parts).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
}

/** Topics as columns: the most frequent ones; the others together, so that the rows add up. */
export function topTopics(sources: Report['sources'], most = 5): string[] {
  const counts = new Map<string, number>()
  for (const { topic, count } of sources) counts.set(topic ?? '', (counts.get(topic ?? '') ?? 0) + count)
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([topic]) => topic)
    .slice(0, most)
}
