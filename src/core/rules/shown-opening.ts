/** "завтра в 09:00", "tomorrow at 9:00 AM", "Monday, November 24, 9:00 AM": when we are back, in the words and clock of the firm's place. */
export function shownOpening(opensAt: Date, now: Date, timeZone: string, language: string): string {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(opensAt)
  const days = dayNumber(opensAt, timeZone) - dayNumber(now, timeZone)
  if (days > 1) {
    const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(opensAt)
    return `${day}, ${time}`
  }
  const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  return `${day} ${language.startsWith('ru') ? 'в' : 'at'} ${time}`
}

function dayNumber(at: Date, timeZone: string): number {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000
}
