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

/** Topics as columns: the most frequent ones; the others together, so that the rows add up. */
export function topTopics(sources: Report['sources'], most = 5): string[] {
  const counts = new Map<string, number>()
  for (const { topic, count } of sources) counts.set(topic ?? '', (counts.get(topic ?? '') ?? 0) + count)
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([topic]) => topic)
    .slice(0, most)
}
