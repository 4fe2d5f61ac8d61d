import type { Language } from '../access/user.ts'

export interface PersonExport {
  id: string
  contactId: string
  status: 'waiting' | 'done' | 'failed' | 'expired'
  language: Language
  size: number | null
  failure: string | null
  askedAt: string
  doneAt: string | null
  expiresAt: string
}

/** Long enough to be handed over, short enough not to be forgotten. */
export const keptMs = 7 * 24 * 3_600_000

export function exportFile(id: string): string {
  return `person-exports/${id}.zip`
}
