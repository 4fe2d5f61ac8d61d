import type { Logger } from '../connector/hub.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import { listen } from '../database/listen.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { Jobs } from '../jobs/queue.ts'
import { liveEventsTopic } from '../realtime/append-live-events.ts'
import { remindDue } from '../tasks/remind-due.ts'
import { loseAbsent } from './follow-presence.ts'
import { listUntouched } from './list-untouched.ts'
import { wakeSnoozed } from './routing-store.ts'
import { passOnUnread, returnFromAbsent, shareWaiting } from './share-waiting.ts'

interface Deps {
  pool: Pool
  databaseUrl: string
  logger: Logger
  jobs: Jobs
}

/** A burst of events is one look. */
const gatherMs = 250
const sweepMs = 10_000
const nightlyMs = 5 * 60_000

/**
 * Shares out who waits soon after anything happened, and sweeps every 10 s: who is away, what he holds, what nobody looked at, what was
 * snoozed, what is due. Everything is found by its row, so a restart forgets nothing.
 */
export async function startRouting(deps: Deps): Promise<{ close(): Promise<void> }> {
  const { pool, logger, jobs } = deps
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  const share = () => {
    timer = undefined
    // Behind the one before: two at once, and the later would look at nothing.
    running = running
      .then(() => shareWaiting({ pool }))
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'who waits could not be shared out; the sweep will'))
  }
  const listening = await listen(deps, liveEventsTopic, () => {
    timer ??= setTimeout(share, gatherMs)
  })
  jobs.define('routing', () => sweepRouting({ pool }))
  await jobs.every('routing', sweepMs)
  jobs.define('untouched', () => listUntouched({ pool }, new Date()))
  await jobs.every('untouched', nightlyMs)
  return {
    async close() {
      await listening.close()
      clearTimeout(timer)
      await running
    },
  }
}

/** One sweep: what time alone brings about. */
export async function sweepRouting({ pool }: { pool: Pool }): Promise<void> {
  await loseAbsent({ pool })
  await returnFromAbsent({ pool })
  await passOnUnread({ pool })
  await inTransaction(pool, async (tx) => announceConversations(tx, await wakeSnoozed(tx)))
  await shareWaiting({ pool })
  await remindDue({ pool })
}
