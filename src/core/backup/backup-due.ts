import { lastNight } from '../jobs/last-night.ts'

const hourMs = 3_600_000

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
