const hourMs = 3_600_000
/** At this hour of the firm's day the rhythm begins. */
const nightHour = 3

/** The last moment at which a backup should have begun: three at night in `timeZone`, and every `everyHours` from there. */
export function lastDue(now: Date, everyHours: number, timeZone: string): Date {
  const night = lastNight(now, timeZone)
  if (everyHours < 24) return new Date(night.getTime() + Math.floor((now.getTime() - night.getTime()) / (everyHours * hourMs)) * everyHours * hourMs)
  return night
}

/** Whether a backup is to be made now, `last` being the moment of the newest one or of the hub's first day. */
export function isBackupDue(now: Date, last: Date, everyHours: number, timeZone: string): boolean {
  if (everyHours === 0 || last >= lastDue(now, everyHours, timeZone)) return false
  // Two nights are not always 24 hours apart, and a backup takes a while.
  return everyHours <= 24 || now.getTime() - last.getTime() > (everyHours - 12) * hourMs
}

/** The latest 03:00 in `timeZone` that is not after `now`. */
function lastNight(now: Date, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' }).formatToParts(
    now,
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((found) => found.type === type)?.value)
  const sinceMidnightMs = (part('hour') * 60 + part('minute')) * 60_000 + part('second') * 1_000 + now.getMilliseconds()
  const sinceNightMs = sinceMidnightMs - nightHour * hourMs
  return new Date(now.getTime() - (sinceNightMs < 0 ? sinceNightMs + 24 * hourMs : sinceNightMs))
}
