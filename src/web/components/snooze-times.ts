/** When a client or task may come back, by the clock of the browser. */
export const snoozeTimes = {
  inMinutes: (minutes: number, now = new Date()) => new Date(now.getTime() + minutes * 60_000),
  /** The next day at nine. */
  tomorrow: (now = new Date()) => atNine(now, 1),
  /** The Monday to come at nine, in a week on a Monday. */
  monday: (now = new Date()) => atNine(now, (8 - now.getDay()) % 7 || 7),
}

function atNine(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9)
}
