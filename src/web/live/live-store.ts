import { useSyncExternalStore } from 'react'

export interface LiveState {
  /** Connected and caught up. */
  isLive: boolean
  /** When the line was lost; null while it holds. */
  lostAt: number | null
  /** Behind the last item this console has. */
  cursor: string | undefined
}

let state: LiveState = { isLive: false, lostAt: Date.now(), cursor: undefined }
const listeners = new Set<() => void>()

export function changeLive(change: Partial<LiveState>): void {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

export function liveState(): LiveState {
  return state
}

export function useLive(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}
