import { normaliseIdentity } from '../identities/normalise-identity.ts'

/** What somebody typed into a search of cards, read in every way it could be meant. LIKE patterns are escaped. */
export interface ContactQuery {
  /** Patterns that a name must all match, ё and е alike; the longest first, for that one is looked up in the index. */
  name: string[]
  /** The whole, lower case, ё folded: for ranking. */
  folded: string
  /** Normalised identities it could be, whole. */
  exact: { kind: string; value: string }[]
  /** Pattern of digits within phones; undefined when it does not look like a phone. */
  digits: string | undefined
  /** Pattern of the beginning of an e-mail, messenger id or user name. */
  prefix: string | undefined
}

const fewestDigits = 4

export function readQuery(text: string, defaultCountry: string): ContactQuery {
  const trimmed = text.replaceAll('\u0000', '').trim().slice(0, 200)
  const lower = trimmed.toLowerCase()
  const exact = ['phone', 'email'].flatMap((kind) => {
    const identity = normaliseIdentity(kind, trimmed, defaultCountry)
    return 'never' in identity ? [] : [identity]
  })
  const prefix = lower.replace(/^@/, '')
  return {
    name: lower
      .split(/\s+/)
      .map((word) => `%${anyYo(escapeLike(word))}%`)
      .sort((a, b) => b.length - a.length),
    folded: foldYo(lower),
    exact,
    digits: digitsOf(trimmed),
    prefix: /\s/.test(prefix) || prefix.length < 2 ? undefined : `${escapeLike(prefix)}%`,
  }
}

export function foldYo(text: string): string {
  return text.replaceAll('ё', 'е').replaceAll('Ё', 'Е')
}

export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

/** In a pattern, one character for each е and ё: people write either. */
export function anyYo(pattern: string): string {
  return pattern.replaceAll(/[её]/g, '_')
}

/** A trunk prefix (8 or 0) that stands before a part of a number is not in its E.164 form. */
function digitsOf(text: string): string | undefined {
  if (!/^[+\d\s().-]+$/.test(text)) return undefined
  const digits = text.replace(/\D/g, '')
  const significant = text.startsWith('+') ? digits : digits.replace(/^(?:8(?=\d{3})|0+)/, '')
  return significant.length < fewestDigits ? undefined : `%${significant}%`
}
