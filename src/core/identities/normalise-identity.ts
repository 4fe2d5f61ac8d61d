import type { NeverReason } from './never-reason.ts'
import { normaliseEmail } from './normalise-email.ts'
import { normalisePhone } from './normalise-phone.ts'

export type NormalisedIdentity = { kind: string; value: string } | { never: NeverReason }

const longest = 500
const withheld = new Set([
  'anonymous',
  'unknown',
  'restricted',
  'private',
  'unavailable',
  'withheld',
  'blocked',
  'hidden',
  'скрыт',
  'скрытый номер',
  'неизвестен',
])
const placeholders = new Set(['-', '—', 'n/a', 'na', 'none', 'null', 'nil', 'undefined', 'нет', 'test', 'тест', 'nan', '[object object]'])

/**
 * The one form of an identity that everything compares by: phones in E.164 (national ones by `defaultCountry`, ISO 3166 alpha-2),
 * e-mails in lower case with the domain in ASCII (RFC 5891), other kinds as they are. Idempotent: a value normalises to itself.
 * What can never be a key (withheld, short, `0000`, no-reply senders) gives the reason instead.
 */
export function normaliseIdentity(kind: string, raw: string, defaultCountry: string): NormalisedIdentity {
  const text = clean(raw)
  if (text === '') return { never: 'empty' }
  const lower = text.toLowerCase()
  if (withheld.has(lower)) return { never: 'withheld' }
  if (placeholders.has(lower) || /^0+$/.test(text)) return { never: 'placeholder' }
  const value = byKind(kind, text, defaultCountry)
  return typeof value === 'string' ? { kind, value } : value
}

function byKind(kind: string, text: string, defaultCountry: string): string | { never: NeverReason } {
  if (kind === 'phone') return normalisePhone(text, defaultCountry)
  if (kind === 'email') return normaliseEmail(text)
  return text
}

/** PostgreSQL holds no NUL; an index entry has its limit. */
function clean(raw: string): string {
  return raw.replaceAll('\u0000', '').slice(0, longest).toWellFormed().trim()
}
