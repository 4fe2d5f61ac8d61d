/** A time zone in which it is between eleven and one just now: what counts by days is not cut by a midnight while its test runs. */
export function middayZone(now = new Date()): string {
  const ahead = 12 - now.getUTCHours()
  // POSIX counts west of Greenwich: Etc/GMT-4 is four hours ahead of it.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
