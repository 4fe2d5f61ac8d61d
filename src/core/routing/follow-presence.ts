import type { Logger } from '../connector/hub.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { beatMs, graceMs, type PresenceState, type PresenceView } from './presence.ts'
import { markLost, noteSeen, writeChosen } from './presence-store.ts'

interface Deps {
  pool: Pool
}

export interface Heartbeat {
  /** Somebody has just connected. */
  beat(): void
  close(): Promise<void>
}

/** Says again and again which users are connected to this process. The server's clock counts, never the browser's: tabs are throttled. */
export function keepHeartbeat(deps: Deps & { logger: Logger }, connected: () => string[]): Heartbeat {
  let running: Promise<void> = Promise.resolve()
  const beat = () => {
    running = running
      .then(() => seeUsers(deps, [...new Set(connected())]))
      .catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'who is connected could not be noted; it will be at the next beat'))
  }
  const timer = setInterval(beat, beatMs)
  timer.unref()
  return {
    beat,
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

/** These users are connected now. */
export async function seeUsers({ pool }: Deps, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return
  await inTransaction(pool, async (tx) => tellPresence(tx, await noteSeen(tx, userIds)))
}

/** Whoever has not been heard of for a while is away. Gives how many went. */
export async function loseAbsent({ pool }: Deps, afterMs = graceMs): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const lost = await markLost(tx, afterMs)
    await tellPresence(tx, lost)
    return lost.length
  })
}

/** "I am busy": holds until he chooses anew. Throws `invalid_request` for who is no user. */
export async function choosePresence({ pool }: Deps, userId: string, state: PresenceState): Promise<PresenceView> {
  return await inTransaction(pool, async (tx) => {
    const view = await writeChosen(tx, userId, state)
    if (!view) throw new CoreError('invalid_request', 'Only a user is present.')
    await tellPresence(tx, [view])
    return view
  })
}

async function tellPresence(tx: Transaction, changed: PresenceView[]): Promise<void> {
  await appendLiveEvents(
    tx,
    changed.map((view) => ({ type: 'presence.changed' as const, subjectId: view.userId, payload: view })),
  )
}
