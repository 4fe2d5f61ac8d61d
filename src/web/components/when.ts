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

/** How long somebody waits, in minutes. */
export function waitedMinutes(since: string, now = Date.now()): number {
  return Math.max(0, Math.floor((now - Date.parse(since)) / 60_000))
}

export function shownWait(minutes: number): string {
  if (minutes < 60) return i18next.t('waiting.minutes', { n: minutes })
  if (minutes < 48 * 60) return i18next.t('waiting.hours', { h: Math.floor(minutes / 60), n: minutes % 60 })
  return i18next.t('waiting.days', { n: Math.floor(minutes / 1440) })
}

function dayNumber(at: Date): number {
  return Math.floor((at.getTime() - at.getTimezoneOffset() * 60_000) / 86_400_000)
}
