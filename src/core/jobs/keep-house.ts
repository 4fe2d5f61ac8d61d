import { pruneAccess } from '../access/prune-access.ts'
import type { Pool } from '../database/pool.ts'
import { pruneLiveEvents } from '../realtime/prune-live-events.ts'
import type { Jobs } from './queue.ts'

const everyMs = 60 * 60 * 1000

/** Once an hour, in one process of all: removes what is kept for a time only. */
export async function keepHouse({ pool, jobs }: { pool: Pool; jobs: Jobs }): Promise<void> {
  jobs.define('housekeeping', async () => {
    await pruneLiveEvents(pool)
    await pruneAccess(pool)
  })
  await jobs.every('housekeeping', everyMs)
}
