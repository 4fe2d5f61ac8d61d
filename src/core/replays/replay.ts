import type { Actor } from '../access/actor.ts'
import type { DeliveryFilter } from '../intake/list-deliveries.ts'
import type { ReplayResult } from '../intake/replay-delivery.ts'

/** Which deliveries, as the log is narrowed. `until` is set when it is asked for: what comes later is no part of it. */
export type ReplayFilter = Omit<DeliveryFilter, 'seenBy'>

export type ReplayStatus = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'

/** A delivery that could not be replayed; it is as it was. */
export interface ReplayFailure {
  id: string
  /** `fault`: the log of the program says more; `ends_worker`: at it the worker ended several times; else the code of a CoreError. */
  reason: string
}

/** A replay of many deliveries; the counts of events are those of all that is done. */
export interface Replay extends ReplayResult {
  id: string
  filter: ReplayFilter
  status: ReplayStatus
  error: string | null
  /** Deliveries; null: not counted yet. */
  total: number | null
  done: number
  failed: number
  /** The first hundred. */
  failures: ReplayFailure[]
  actorId: string | null
  createdAt: string
  finishedAt: string | null
}

/** One with what a worker needs besides. */
export interface ReplayRecord extends Replay {
  /** Behind the last delivery that was replayed. */
  place: string | null
  /** With whose rights the deliveries are chosen. */
  actor: Actor
  /** Times that a worker took it up since the last delivery that was done. */
  tries: number
}
