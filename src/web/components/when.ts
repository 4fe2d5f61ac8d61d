import i18next from 'i18next'

/** Today the clock, yesterday by its name, then the date. */
export function shownTime(iso: string, now = new Date()): string {
  const at = new Date(iso)
  const language = i18next.language || 'ru'
  const clock = at.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0) return clock
  if (days === 1) return `${i18next.t('common.yesterday')}, ${clock}`
  return `${shownDay(iso, now)}, ${clock}`
}

export function shownDay(iso: string, now = new Date()): string {
  const at = new Date(iso)
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0) return i18next.t('common.today')
  if (days === 1) return i18next.t('common.yesterday')
  const isThisYear = at.getFullYear() === now.getFullYear()
  return at.toLocaleDateString(i18next.language || 'ru', { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) })
}

/** To the second, for logs; before today with its date. */
export function shownClock(iso: string, now = new Date()): string {
  const at = new Date(iso)
  const clock = at.toLocaleTimeString(i18next.language || 'ru')
  return dayNumber(now) === dayNumber(at) ? clock : `${shownDay(iso, now)}, ${clock}`
}

/** The whole moment with its zone, for hovering. */
export function absoluteTime(iso: string): string {
  return new Date(iso).toLocaleString(i18next.language || 'ru', { dateStyle: 'full', timeStyle: 'long' })
}

/** The clock of a client in his own zone (IANA name); undefined where it is not known, or is none. */
export function shownLocalTime(timeZone: unknown, now: Date): string | undefined {
  if (typeof timeZone !== 'string' || timeZone === '') return undefined
  try {
    return now.toLocaleTimeString(i18next.language || 'ru', { timeZone, hour: '2-digit', minute: '2-digit' })
  } catch {
    return undefined
  }
}

function dayNumber(at: Date): number {
  return Math.floor((at.getTime() - at.getTimezoneOffset() * 60_000) / 86_400_000)
}
