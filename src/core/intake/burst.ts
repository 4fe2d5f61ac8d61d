const windowMs = 250
/** More than this in one window is a burst: 1 500 deliveries per second. */
const burstPerWindow = 375
/** Applying gives way for so long at most: what never ends is no burst. */
const longestMs = 30_000

/** Tells from what was stored whether a burst comes in, so that applying can leave it the machine and catch up afterwards. */
export function watchBursts(now: () => number = Date.now): { note(stored: number): void; isOn(): boolean } {
  let window = 0
  let count = 0
  let before = 0
  let since: number | undefined

  /** Moves on to the window of this moment; those in between were empty. */
  function turn(): void {
    const current = Math.floor(now() / windowMs)
    if (current === window) return
    before = current === window + 1 ? count : 0
    count = 0
    window = current
  }

  return {
    note(stored) {
      turn()
      count += stored
    },
    isOn() {
      turn()
      if (count <= burstPerWindow && before <= burstPerWindow) since = undefined
      else since ??= now()
      return since !== undefined && now() - since < longestMs
    },
  }
}
