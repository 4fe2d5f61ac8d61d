export type ErasureStatus = 'waiting' | 'running' | 'done' | 'failed'

/** What was removed, in numbers: no personal data. Says what was kept, and why. */
export interface Certificate {
  /** Rows deleted, by table. */
  removed: Record<string, number>
  /** Rows of others in which his addresses were made unreadable, by table. */
  redacted: Record<string, number>
  /** Raw deliveries removed; those shared with others without his part; those whose whole body had to go. */
  deliveries: { removed: number; redacted: number; emptied: number }
  files: number
  /** Addresses that another card has too, and which stay there. */
  sharedIdentities: number
  /** Events that cannot come back. */
  tombstones: number
}

export interface Erasure {
  id: string
  status: ErasureStatus
  askedAt: string
  doneAt: string | null
  actorId: string | null
  certificate: Partial<Certificate>
  failure: string | null
}
