import type { Evidence } from '../connector/identity.ts'

export type Stage = 'lead' | 'client'
export const identityRoles = ['personal', 'household', 'switchboard', 'shared', 'recycled'] as const
export type IdentityRole = (typeof identityRoles)[number]

/** An address by which a contact is reached, as its card shows it. */
export interface IdentityView {
  id: string
  kind: string
  value: string
  role: IdentityRole
  evidence: Evidence
  /** The form in which it was first given. */
  raw: string
  /** Which of the merged contacts it belongs to. */
  contactId: string
  /** New traffic of this identity goes to this contact. */
  owning: boolean
}

/** A contact in the outside shape; scripts rely on the names. A card that shows merged contacts has the identities of all. */
export interface ContactView {
  id: string
  name: string
  stage: Stage
  ownerId: string | null
  companyId: string | null
  identities: IdentityView[]
  mergedIntoId: string | null
  /** The card that shows this contact: its own id unless it is merged. */
  cardId: string
  fields: Record<string, unknown>
  language: string | null
  /** Address of his picture; null: none is known. */
  pictureUrl: string | null
  /** ISO 8601 UTC, of the latest touch over all merged contacts. */
  lastTouchAt: string
  createdAt: string
}
