import { createHash } from 'node:crypto'
import type { Role } from './field-roles.ts'
import type { GuessedEntry } from './guess-fields.ts'
import { isTag } from './source.ts'

/** What changes between two clicks on one button. */
const changing = new Set<Role>([
  'technical',
  'submittedAt',
  'cookies',
  'secret',
  'elapsed',
  'renderedAt',
  'page',
  'referrer',
  'consentText',
  'consentVersion',
])

/** Equal for what a person would call the same request: the same answers, whatever their order, case and spacing. */
export function fingerprintOf(entries: GuessedEntry[]): string {
  const answers = entries
    .filter((entry) => !(entry.as !== undefined && changing.has(entry.as)) && !isTag(entry.path) && entry.value.trim() !== '')
    .map((entry) => `${entry.path.toLowerCase()}\u0000${comparable(entry)}`)
    .sort()
  return sha256(answers.join('\u0001'))
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 40)
}

function comparable(entry: GuessedEntry): string {
  const value = entry.value.trim().toLowerCase()
  return entry.as === 'phone' ? value.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '7') : value.replace(/\s+/g, ' ')
}
