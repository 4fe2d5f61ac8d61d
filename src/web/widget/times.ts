import type { Language, Texts } from './texts.ts'

export const clock = (at: number, language: Language) => new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })

/** Today, yesterday, 20 November. */
export function dayOf(at: number, language: Language, texts: Texts, now = Date.now()): string {
  const day = new Date(at).toDateString()
  if (day === new Date(now).toDateString()) return texts.today
  // Not 24 hours ago: the day on which clocks are put back has 25.
  const before = new Date(now)
  before.setDate(before.getDate() - 1)
  if (day === before.toDateString()) return texts.yesterday
  return new Date(at).toLocaleDateString(language, { day: 'numeric', month: 'long' })
}

/** When it opens: the time today, else with its day. */
export function opening(opensAt: string, language: Language): string {
  const at = new Date(opensAt)
  const isToday = at.toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ weekday: 'short', day: 'numeric', month: 'short' } as const)
  return at.toLocaleString(language, { ...day, hour: '2-digit', minute: '2-digit' })
}

export function sizeOf(bytes: number, { texts, language }: { texts: Texts; language: Language }): string {
  if (bytes >= 1_000_000) return texts.megabytes((bytes / 1_000_000).toLocaleString(language, { maximumFractionDigits: 1 }))
  return texts.kilobytes(Math.ceil(bytes / 1_000).toLocaleString(language))
}
