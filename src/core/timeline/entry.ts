import type { Source } from '../connector/event.ts'
import type { Evidence } from '../connector/identity.ts'

export type EntryKind = 'message' | 'call' | 'form' | 'note' | 'event'
export type EntryDirection = 'inbound' | 'outbound' | 'internal'
export type EntryStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unconfirmed'

/** A file of an entry as the outside sees it. `size` in bytes; `expected`: still to be fetched from the vendor; `missing`: it could not be. */
export interface AttachmentView {
  id: string
  name: string
  type: string
  size: number | null
  sha256: string | null
  url: string
  state: 'ready' | 'expected' | 'missing'
  reason: string | null
  /** The reason in both languages, where its author has them. */
  words: { en: string; ru: string } | null
  contentId: string | null
}

/** Why an entry is on its card (promise 6). */
export interface EntryMatch {
  /** A code: `known_identity`, `new_identity`, `thread`, `moved` … */
  reason: string
  evidence: Evidence | null
  identity: { kind: string; value: string } | null
  /** True when several cards could have been meant. */
  flagged?: boolean
}

/** An entry in the outside shape; scripts rely on the names. Times are ISO 8601 UTC. */
export interface EntryView {
  id: string
  kind: EntryKind
  medium: string | null
  direction: EntryDirection | null
  status: EntryStatus | null
  error: { code: string; message: string; words?: { en: string; ru: string } } | null
  channelId: string | null
  conversationId: string | null
  /** The contact that the row belongs to; `cardId` is the card that shows it (they differ after a merge). */
  contactId: string | null
  cardId: string | null
  authorId: string | null
  deliveryId: string | null
  callId: string | null
  from: string | null
  to: string | null
  source: Source | null
  occurredAt: string
  receivedAt: string
  subject: string | null
  text: string
  /** True when there is a formatted letter to be fetched at `/entries/:id/html`. */
  html: boolean
  attachments: AttachmentView[]
  match: EntryMatch | null
  automatic: string | null
  extra: Record<string, unknown> | null
  /** When the text was last changed by its author; null: never. */
  editedAt: string | null
  deletedAt: string | null
}
