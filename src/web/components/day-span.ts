/** The first moment of a day (`2026-11-22`) of this browser's calendar, or of the day that is `later` days after it: a day may have 23 or 25 hours. */
export function startOfDay(day: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later)
}

/** A day of the calendar that is `days` away from one: `2026-11-22`. */
export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The day this browser's calendar shows. */
export function todayHere(now = new Date()): string {
  return now.toLocaleDateString('sv-SE')
}

/** The weeks that a month (`2026-11`) touches, each of seven days from Monday on. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`
  const monday = dayFrom(first, -((new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7))
  const weeks = Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (__, day) => dayFrom(monday, week * 7 + day)))
  return weeks.filter((week) => week.some((day) => day.startsWith(month)))
}

/** The month that is `months` away from one, `2026-11`. */
export function monthFrom(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}
