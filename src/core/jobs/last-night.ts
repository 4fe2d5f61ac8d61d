const hourMs = 3_600_000
/** At this hour of the firm's day its night work begins. */
const nightHour = 3

/** The latest 03:00 in `timeZone` that is not after `now`. */
export function lastNight(now: Date, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' }).formatToParts(
    now,
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((found) => found.type === type)?.value)
  const sinceMidnightMs = (part('hour') * 60 + part('minute')) * 60_000 + part('second') * 1_000 + now.getMilliseconds()
  const sinceNightMs = sinceMidnightMs - nightHour * hourMs
  return new Date(now.getTime() - (sinceNightMs < 0 ? sinceNightMs + 24 * hourMs : sinceNightMs))
}
