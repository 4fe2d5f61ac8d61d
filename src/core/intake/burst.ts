const windowMs = 250
/** More than this within a second is a burst. A shorter span would take the deliveries of one slow commit for one. */
const burstPerSecond = 1_500
const windowsPerSecond = 1_000 / windowMs
/** A burst that brings less than this in two windows is over. */
const leastGoingOn = burstPerSecond / windowsPerSecond
/** Applying gives way for so long at most: what never ends is no burst. */
const longestMs = 30_000

/** Tells from what was stored whether a burst comes in, so that applying can leave it the machine and catch up afterwards. */
export function watchBursts(now: () => number = Date.now): { note(stored: number): void; isOn(): boolean } {
  let window = 0
  /** What came in the window of this moment and in those before it, the latest first. */
  let counts: number[] = [0]
  let since: number | undefined

  /** Moves on to the window of this moment; those in between were empty. */
  function turn(): void {
    const current = Math.floor(now() / windowMs)
    const passed = Math.min(current - window, windowsPerSecond)
    window = current
    if (passed > 0) counts = [...Array<number>(passed).fill(0), ...counts].slice(0, windowsPerSecond)
  }

  function isMuch(): boolean {
    const [latest = 0, before = 0] = counts
    return latest + before > leastGoingOn && counts.reduce((sum, count) => sum + count, 0) > burstPerSecond
  }

  return {
    note(stored) {
      turn()
      counts[0] = (counts[0] ?? 0) + stored
    },
    isOn() {
      turn()
      if (isMuch()) since ??= now()
      else since = undefined
      return since !== undefined && now() - since < longestMs
    },
  }
}
