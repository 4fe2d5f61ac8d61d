const local = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$/
const compact = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)$/
const russian = /^(\d{2})\.(\d{2})\.(\d{4})[ ,]+(\d{2}):(\d{2})(?::(\d{2}))?$/

/**
 * A time as form builders and PBXs write it → ISO 8601 UTC; undefined when it is none. Times without a zone are read in `timeZone` (IANA);
 * numbers are seconds or milliseconds since 1970.
 */
export function readTime(written: string, timeZone: string): string | undefined {
  const text = written.trim()
  if (/^\d{10}(\d{3})?$/.test(text)) return toIso(Number(text) * (text.length === 10 ? 1000 : 1))
  const iso = local.exec(text)
  if (iso !== null) return fromParts([iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]], timeZone)
  const packed = compact.exec(text)
  if (packed !== null) return fromParts(packed.slice(1, 7), packed[7] === 'Z' ? 'UTC' : timeZone)
  const dotted = russian.exec(text)
  if (dotted !== null) return fromParts([dotted[3], dotted[2], dotted[1], dotted[4], dotted[5], dotted[6]], timeZone)
  return /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? toIso(Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))) : undefined
}

/** True for an IANA name that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function fromParts(parts: (string | undefined)[], timeZone: string): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0))
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return undefined
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const first = wall - offsetAt(wall, timeZone)
  return toIso(wall - offsetAt(first, timeZone))
}

/** Milliseconds by which the zone's wall clock is ahead of UTC at that moment. */
function offsetAt(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
  const parts = new Map(format.formatToParts(moment).map((part) => [part.type, Number(part.value)]))
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) - Math.floor(moment / 1000) * 1000
}

function toIso(moment: number): string | undefined {
  const isSensible = moment > Date.UTC(2000, 0) && moment < Date.UTC(2100, 0)
  return isSensible ? new Date(moment).toISOString() : undefined
}
