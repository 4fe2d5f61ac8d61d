import type { Source } from '../connector/event.ts'

export const leadStatuses = ['new', 'working', 'won', 'lost', 'junk'] as const
export type LeadStatus = (typeof leadStatuses)[number]

/** A lead in the outside shape; scripts rely on the names. Times are ISO 8601 UTC. */
export interface LeadView {
  id: string
  contactId: string
  /** The card that shows its contact: another than `contactId` after a merge. */
  cardId: string
  /** Name on that card; empty when nobody knows it. */
  contactName: string
  /** How the client is reached, for one without a name. */
  contactIdentity: { kind: string; value: string } | null
  status: LeadStatus
  topic: string
  lostReason: string | null
  source: Source | null
  firstTouch: Record<string, unknown> | null
  lastTouch: Record<string, unknown> | null
  ownerId: string | null
  createdAt: string
  updatedAt: string
}
