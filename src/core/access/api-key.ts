import { createHash, randomBytes } from 'node:crypto'

/** `sb_` and 32 random bytes, base64url. */
export function newApiKey(): string {
  return `sb_${randomBytes(32).toString('base64url')}`
}

/** Keys are random, so a plain SHA-256 keeps them: nothing to guess, nothing to stretch. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Enough to tell keys apart in a list; of keys that somebody made up himself, two letters. */
export function prefixOf(key: string): string {
  return key.startsWith('sb_') && key.length > 40 ? key.slice(0, 7) : key.slice(0, 2)
}
