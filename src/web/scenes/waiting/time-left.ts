import i18next from 'i18next'

export type Tone = 'late' | 'soon' | 'calm'

const soonMinutes = 15

/** Open minutes left by now: what the server said, less what has passed since. */
export function minutesLeftBy(now: number, row: { minutesLeft: number }, saidAt: number): number {
  return row.minutesLeft - Math.max(0, Math.floor((now - saidAt) / 60_000))
}

export function toneOf(minutesLeft: number): Tone {
  if (minutesLeft < 0) return 'late'
  return minutesLeft < soonMinutes ? 'soon' : 'calm'
}

/** `12 min`, `−1 h 5 min`: less than nothing is late. */
export function shownLeft(minutesLeft: number): string {
  const n = Math.abs(minutesLeft)
  const sign = minutesLeft < 0 ? '−' : ''
  if (n < 60) return sign + i18next.t('due.minutes', { n })
  if (n < 48 * 60) return sign + i18next.t('due.hours', { h: Math.floor(n / 60), n: n % 60 })
  return sign + i18next.t('due.days', { n: Math.floor(n / 1440) })
}
