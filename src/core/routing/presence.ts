export const presenceStates = ['available', 'busy', 'away'] as const
/** `busy`: here, gets nothing new. `away`: not here; what waits for him goes to others after a time. */
export type PresenceState = (typeof presenceStates)[number]

export interface PresenceView {
  userId: string
  state: PresenceState
  /** What he chose; it holds while he is connected. */
  chosen: PresenceState
  /** Since when the state holds. ISO 8601 UTC. */
  since: string
}

/** A process says this often which users are connected to it. */
export const beatMs = 15_000
/** Nobody heard of for so long is away. */
export const graceMs = 45_000
