import type { CallEvent, CallOutcome } from '../connector/event.ts'

export type CallState = 'ringing' | 'queued' | 'talking' | 'ended'
export type CallDirection = 'inbound' | 'outbound' | 'internal'

/** A fact with the moment that counts for it: the vendor's, clamped to its arrival. */
export type CallFactAt = Omit<CallEvent, 'type' | 'occurredAt'> & { at: string }

export interface Leg {
  id: string
  /** As the vendor writes it. */
  user: string | null
  state: 'ringing' | 'talking' | 'held' | 'left'
  startedAt: string | null
  answeredAt: string | null
  endedAt: string | null
  outcome: CallOutcome | null
}

/** All that is told of a call by its events. */
export interface DerivedCall {
  direction: CallDirection
  state: CallState
  /** Null while it runs, and after its end until something tells how it ended. */
  outcome: CallOutcome | null
  from: string | null
  to: string | null
  dialled: string | null
  queue: string | null
  startedAt: string
  answeredAt: string | null
  endedAt: string | null
  waitSeconds: number | null
  talkSeconds: number | null
  /** Extension, SIP or number of who answered; null: nobody did. */
  answeredBy: string | null
  legs: Leg[]
}
