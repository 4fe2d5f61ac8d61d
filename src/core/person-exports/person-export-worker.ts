import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import type { Jobs } from '../jobs/queue.ts'
import { notePersonExport, takeExpired } from './person-export-store.ts'
import { writePersonExport } from './write-person-export.ts'

const sweepMs = 60 * 60 * 1000

/** Makes what was asked for, and removes it when its time is over. */
export async function startPersonExports(deps: { pool: Pool; files: Files; jobs: Jobs }): Promise<void> {
  deps.jobs.define<{ id: string }>('export-person', async ({ id }) => {
    try {
      await writePersonExport(deps, id)
    } catch (error) {
      await notePersonExport(deps.pool, id, { status: 'failed', failure: (error as Error).message.slice(0, 500) })
      throw error
    }
  })
  deps.jobs.define('expire-person-exports', async () => {
    for (const file of await takeExpired(deps.pool)) await deps.files.remove(file)
  })
  await deps.jobs.every('expire-person-exports', sweepMs)
}
