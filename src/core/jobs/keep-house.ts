import { pruneAccess } from '../access/prune-access.ts'
import { sweepUploads } from '../attachments/sweep-uploads.ts'
import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { pruneLiveEvents } from '../realtime/prune-live-events.ts'
import { pruneFirings } from '../rules/rule-store.ts'
import { pruneMessages } from '../webhooks/message-store.ts'
import type { Jobs } from './queue.ts'

const everyMs = 60 * 60 * 1000

/** Once an hour, in one process of all: removes what is kept for a time only. */
export async function keepHouse({ pool, files, jobs }: { pool: Pool; files: Files; jobs: Jobs }): Promise<void> {
  jobs.define('housekeeping', async () => {
    await pruneLiveEvents(pool)
    await pruneAccess(pool)
    await pruneFirings(pool)
    await pruneMessages(pool)
    await sweepUploads({ pool, files })
  })
  await jobs.every('housekeeping', everyMs)
}
