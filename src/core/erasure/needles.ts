import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

export interface ErasedIdentity {
  kind: string
  value: string
  /** As it was written; null: the same. */
  raw: string | null
}

/** Too short to be told from anything else. */
const shortest = 5
/** What stands between the digits of a telephone number, percent-encoded too. */
const between = '(?:[-\\s().–]|%2[089]|\\+){0,3}'

/**
 * One regular expression, read alike by JavaScript and PostgreSQL (without regard to case), that finds these addresses in any text:
 * telephone numbers in every notation, e-mails also percent-encoded. Undefined when nothing is long enough to be looked for.
 */
export function patternOf(identities: readonly ErasedIdentity[]): string | undefined {
  const parts = new Set<string>()
  for (const { kind, value, raw } of identities) {
    if (kind === 'phone') parts.add(phonePattern(value))
    else for (const text of [value, raw ?? value]) if (text.length >= shortest) parts.add(literal(text))
  }
  if (parts.size === 0) return undefined
  return [...parts].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|')
}

/** The national number, wherever it stands: before it `+7`, `8` or nothing. Not within a longer row of digits. */
function phonePattern(value: string): string {
  const national = parsePhoneNumberFromString(value)?.nationalNumber ?? value.replace(/\D/g, '')
  const digits = national.split('').join(between)
  return `(?:\\+|%2b)?(?:[0-9]{1,3}${between})?${digits}(?![0-9])`
}

function literal(text: string): string {
  const escaped = text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replaceAll('@', '(?:@|%40)')
  return /^\d+$/.test(text) ? `(?<![0-9])${escaped}(?![0-9])` : escaped
}

/** Stands where an address was. */
export const erasedMark = '[erased]'

/** The same value with every find made unreadable; undefined: there was none. Keys of objects count as text. */
export function scrubbed(value: unknown, pattern: RegExp): unknown {
  const found = { any: false }
  const result = walk(value, pattern, found)
  return found.any ? result : undefined
}

function walk(value: unknown, pattern: RegExp, found: { any: boolean }): unknown {
  if (typeof value === 'string') return replaced(value, pattern, found)
  if (typeof value === 'number' && new RegExp(`^(?:${pattern.source})$`, 'i').test(String(value))) {
    found.any = true
    return 0
  }
  if (Array.isArray(value)) return value.map((item) => walk(item, pattern, found))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [replaced(key, pattern, found), walk(item, pattern, found)]))
}

function replaced(text: string, pattern: RegExp, found: { any: boolean }): string {
  return text.replace(pattern, () => {
    found.any = true
    return erasedMark
  })
}
