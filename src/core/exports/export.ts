import type { CallDirection } from '../calls/call.ts'
import type { CallOutcome } from '../connector/event.ts'
import type { Stage } from '../contacts/contact.ts'
import type { LeadStatus } from '../leads/lead.ts'

export const exportKinds = ['contacts', 'companies', 'leads', 'entries', 'calls'] as const
export type ExportKind = (typeof exportKinds)[number]
export type ExportFormat = 'csv' | 'xlsx'

/** As in the list that is exported. */
export interface ExportFilter {
  query?: string | undefined
  stage?: Stage | undefined
  ownerId?: string | undefined
  companyId?: string | undefined
  status?: LeadStatus | undefined
  contactId?: string | undefined
  userId?: string | undefined
  direction?: CallDirection | undefined
  outcome?: CallOutcome | undefined
  missed?: boolean | undefined
  minSeconds?: number | undefined
  maxSeconds?: number | undefined
  dialled?: string | undefined
  reviewed?: boolean | undefined
  /** Drawn by chance on this day. */
  sampled?: string | undefined
  /** ISO 8601, as in the list of calls. */
  from?: string | undefined
  to?: string | undefined
}

export interface ExportView {
  id: string
  kind: ExportKind
  format: ExportFormat
  filter: ExportFilter
  status: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
  error: string | null
  /** Rows written. */
  done: number
  /** Bytes. */
  size: number
  createdAt: string
  finishedAt: string | null
  /** Until then it can be fetched. */
  expiresAt: string
  url: string | null
}

/** How long a file of clients lies ready. */
export const keptMs = 24 * 60 * 60 * 1000

/** Name in file storage of one part of the file. */
export function partFile(id: string, part: number): string {
  return `exports/${id}/${part}`
}
