/** ISO 8601, Unix seconds or milliseconds, or `YYYY-MM-DD HH:MM:SS` in the zone that is `offsetMinutes` east of UTC; undefined: none of these. */
export function readTime(text: string | undefined, offsetMinutes: number): string | undefined {
  if (text === undefined) return undefined
  const trimmed = text.trim()
  if (/^\d{9,11}(?:\.\d+)?$/.test(trimmed)) return toIso(Number(trimmed) * 1000)
  if (/^\d{12,14}$/.test(trimmed)) return toIso(Number(trimmed))
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/.exec(trimmed)
  const written = compact
    ? `${compact[1]}-${compact[2]}-${compact[3]}T${compact[4]}:${compact[5]}:${compact[6]}${compact[7]}`
    : trimmed.replace(' ', 'T')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(written)) return undefined
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written)
  const parsed = Date.parse(hasZone ? written : `${written}Z`)
  return Number.isNaN(parsed) ? undefined : toIso(hasZone ? parsed : parsed - offsetMinutes * 60_000)
}

function toIso(ms: number): string | undefined {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  return year >= 1970 && year < 10_000 ? date.toISOString() : undefined
}

/** Whole seconds, also as `mm:ss` and `hh:mm:ss`. */
export function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text))
  return /^\d+(?::\d\d){1,2}$/.test(text) ? text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) : undefined
}
