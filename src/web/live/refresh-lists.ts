import type { QueryClient } from '@tanstack/react-query'
import { isRecord } from '../components/is-record.ts'

/** Pages of a list that live events keep fresh. */
const mostLivePages = 5
/** However many events come, the lists on screen are asked for at most this often. */
const restMs = 250
/** A page that is not looked at paints nothing; its lists are asked for nevertheless. */
const unpaintedMs = 100

/**
 * Returns what loads the cached queries of the given keys again. What the live line itself says is painted first, a card of who rings above all:
 * the lists are asked for behind that picture, and those of many events in one go.
 */
export function listRefresher(queries: QueryClient): (keys: readonly unknown[][]) => void {
  const due = new Map<string, unknown[]>()
  let isResting = false

  function ask(): void {
    isResting = due.size > 0
    if (!isResting) return
    for (const queryKey of due.values()) void queries.invalidateQueries({ queryKey, predicate: isShort })
    due.clear()
    setTimeout(ask, restMs)
  }

  return (keys) => {
    for (const key of keys) due.set(JSON.stringify(key), key)
    if (isResting || due.size === 0) return
    isResting = true
    behindNextPicture(ask)
  }
}

function behindNextPicture(act: () => void): void {
  let isDone = false
  const once = () => {
    if (!isDone) act()
    isDone = true
  }
  requestAnimationFrame(() => setTimeout(once))
  setTimeout(once, unpaintedMs)
}

/** A list that somebody has scrolled far down is not loaded anew, page by page, for each event: only when he comes back to it. */
function isShort({ state: { data } }: { state: { data?: unknown } }): boolean {
  return !isRecord(data) || !Array.isArray(data.pages) || data.pages.length <= mostLivePages
}
