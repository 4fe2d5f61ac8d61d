import i18next from 'i18next'

/** As the console's language writes a day (`2026-11-22`): `22.11.2026` or as it is. What is no day stays as it is. */
export function writtenDay(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  return year && i18next.language !== 'en' ? `${date}.${month}.${year}` : day
}

/** The same of a day with a clock, `2026-11-22T09:00`. */
export function writtenMoment(moment: string): string {
  const [day = '', clock = ''] = moment.split('T')
  return [writtenDay(day), clock].filter(Boolean).join(' ')
}

/**
 * A day as people type it, in either language's way: `22.11.2026`, `22.11.26`, `22.11`, `2026-11-22`. Undefined: it is none, or there is no such day.
 * `isWhole`: only what cannot be the beginning of another.
 */
export function readDay(text: string, isWhole = false, now = new Date()): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim())
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d)?)?$/.exec(text.trim())
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]), isWhole && (iso[3]?.length ?? 0) < 2)
  if (!dotted) return undefined
  const year = dotted[3] === undefined ? now.getFullYear() : dotted[3].length === 2 ? 2000 + Number(dotted[3]) : Number(dotted[3])
  return dayOf(year, Number(dotted[2]), Number(dotted[1]), isWhole && dotted[3]?.length !== 4)
}

/** A day and a clock, `22.11.2026 9:00`; a day alone is meant at nine. */
export function readMoment(text: string, isWhole = false, now = new Date()): string | undefined {
  const [day = '', clock, ...rest] = text.trim().split(/[\sT,]+/)
  const at = clock === undefined ? (isWhole ? undefined : '09:00') : readClock(clock, isWhole)
  const known = readDay(day, isWhole, now)
  return known === undefined || at === undefined || rest.length > 0 ? undefined : `${known}T${at}`
}

/** `9:00`, `09.30`, `9` → `09:00`. */
export function readClock(text: string, isWhole = false): string | undefined {
  const found = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(text.trim())
  if (!found || (isWhole && found[2] === undefined)) return undefined
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)]
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : undefined
}

function dayOf(year: number, month: number, date: number, isCut: boolean): string | undefined {
  const day = `${year}-${two(month)}-${two(date)}`
  const at = new Date(`${day}T00:00:00Z`)
  const isThere = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
  return isThere && !isCut && year >= 1900 ? day : undefined
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
