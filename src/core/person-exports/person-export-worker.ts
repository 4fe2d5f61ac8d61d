import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import type { Jobs } from '../jobs/queue.ts'
import { notePersonExport, takeExpired } from './person-export-store.ts'
import { writePersonExport } from './write-person-export.ts'

const sweepMs = 60 * 60 * 1000

/** Makes what was asked for, and removes it when its time is over: one queue for both, for each holds connections of its own. */
export async function startPersonExports(deps: { pool: Pool; files: Files; jobs: Jobs }): Promise<void> {
  deps.jobs.define<{ id?: string }>(
    'export-person',
    async ({ id }) => {
      if (id === undefined) return await removeExpired(deps)
      try {
        await writePersonExport(deps, id)
      } catch (error) {
        await notePersonExport(deps.pool, id, { status: 'failed', failure: (error as Error).message.slice(0, 500) })
        throw error
      }
    },
    { lane: 'long' },
  )
  await deps.jobs.every('export-person', sweepMs)
}

async function removeExpired({ pool, files }: { pool: Pool; files: Files }): Promise<void> {
  for (const file of await takeExpired(pool)) await files.remove(file)
}
