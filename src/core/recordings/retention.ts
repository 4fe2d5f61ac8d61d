import type { CallDirection } from '../calls/call.ts'
import type { CallOutcome } from '../connector/event.ts'

/** How long the sound of some calls is kept. What is null does not narrow. */
export interface RetentionRule {
  /** Null: of the whole firm. */
  channelId: string | null
  direction: CallDirection | null
  outcome: CallOutcome | null
  /** From the beginning of the call. Null: for ever. */
  days: number | null
}

/** Why a sound is no longer there. */
export type ErasedReason = 'by_hand' | 'retention'

/** What a set of rules would erase at a moment. */
export interface RetentionPreview {
  recordings: number
  bytes: number
  /** For each rule in its place. */
  byRule: { recordings: number; bytes: number }[]
  /** The oldest of them. */
  items: OutdatedRecording[]
}

export interface OutdatedRecording {
  id: string
  callId: string
  /** Of the call. */
  startedAt: string
  direction: CallDirection
  outcome: CallOutcome | null
  from: string | null
  to: string | null
  /** Null: not fetched yet. */
  bytes: number | null
}
