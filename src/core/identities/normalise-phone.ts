import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { NeverReason } from './never-reason.ts'

const shortest = 7

/** E.164 of whatever notation people and telephone exchanges use, or why it cannot be a key. Extensions are dropped. */
export function normalisePhone(raw: string, defaultCountry: string): string | { never: NeverReason } {
  const text = raw.replace(/^(?:tel|sips?|callto):/i, '').replace(/@.*$/, '')
  const digits = text.replace(/\D/g, '')
  if (digits === '') return { never: /^(?:anonymous|unknown|restricted|private|unavailable)/i.test(text) ? 'withheld' : 'not_a_number' }
  if (/^0+$/.test(digits)) return { never: 'placeholder' }
  if (digits.length < shortest) return { never: 'short_number' }
  const parsed = parse(text, digits, defaultCountry)
  if (!parsed) return { never: 'not_a_number' }
  return isPlaceholder(parsed.nationalNumber) ? { never: 'placeholder' } : parsed.number
}

/** A phone as people read it: `+7 916 123 45 67`. Anything that is not a phone comes back as it is. */
export function formatPhone(value: string): string {
  return parsePhoneNumberFromString(value)?.formatInternational() ?? value
}

function parse(text: string, digits: string, defaultCountry: string) {
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : undefined
  const candidates = [text, ...writtenOtherwise(text, digits)]
  for (const candidate of candidates) {
    const parsed = parsePhoneNumberFromString(candidate, country)
    if (parsed?.isValid()) return parsed
  }
  return undefined
}

/**
 * Russians write `+8 916 …` for `8 916 …` (no country code begins with 89, ITU-T E.164 list of 2016), and exchanges
 * often send the country code without its plus.
 */
function writtenOtherwise(text: string, digits: string): string[] {
  if (/^\s*\+/.test(text)) return /^89\d{9}$/.test(digits) ? [`+7${digits.slice(1)}`] : []
  return digits.length > 10 && digits.length <= 15 ? [`+${digits}`] : []
}

/** Digits that people type to get past a form: all the same, all zeros behind the area code, or counted up. */
function isPlaceholder(national: string): boolean {
  return /^(\d)\1+$/.test(national) || /0{7}$/.test(national) || '12345678901234567890'.includes(national)
}
