import type { Logger } from '../connector/hub.ts'
import { listen } from '../database/listen.ts'
import type { Pool } from '../database/pool.ts'
import { liveEventsTopic } from './append-live-events.ts'
import type { LiveItem } from './live-event.ts'
import { currentCursor, isHeldBack, readLiveEvents } from './read-live-events.ts'

const pageSize = 500
const pollMs = 1000
const heldBackMs = 4

export interface LiveFollower {
  /** Behind the last item that was handed on. */
  cursor(): string
  close(): Promise<void>
}

/** Hands on every live event once, in order, soon after its commit. One per process; woken by NOTIFY, with a poll each second beside it. */
export async function followLiveEvents(
  { pool, databaseUrl, logger }: { pool: Pool; databaseUrl: string; logger: Logger },
  onItems: (items: LiveItem[]) => void,
): Promise<LiveFollower> {
  let cursor = await currentCursor(pool)
  let isClosed = false
  let isReading = false
  let isWanted = false
  let soon: NodeJS.Timeout | undefined

  async function readAll(): Promise<void> {
    if (isReading || isClosed) {
      isWanted = true
      return
    }
    isReading = true
    try {
      do {
        isWanted = false
        const page = await readLiveEvents(pool, { after: cursor, limit: pageSize })
        cursor = page.cursor
        if (page.items.length > 0) onItems(page.items)
        if (page.items.length === pageSize) isWanted = true
        // Whoever wakes us during this question is heard by the loop.
        if (!isWanted && !isClosed && (await isHeldBack(pool))) lookSoon()
      } while (isWanted && !isClosed)
    } catch (error) {
      logger.warn({ error: String(error) }, 'reading the live stream failed; it will be read again')
    } finally {
      isReading = false
    }
  }

  function wake(): void {
    clearTimeout(soon)
    void readAll()
  }

  function lookSoon(): void {
    clearTimeout(soon)
    if (!isClosed) soon = setTimeout(wake, heldBackMs)
  }

  const listening = await listen({ databaseUrl, logger }, liveEventsTopic, wake)
  const poll = setInterval(wake, pollMs)
  return {
    cursor: () => cursor,
    async close() {
      isClosed = true
      clearInterval(poll)
      clearTimeout(soon)
      await listening.close()
    },
  }
}
