import type { Logger } from '../connector/hub.ts'
import type { Jobs } from '../jobs/queue.ts'
import { type EraseDeps, erasePerson } from './erase-person.ts'
import { noteErasure } from './erasure-store.ts'
import { forgetReturned } from './forget-returned.ts'

const sweepMs = 60_000

/** Carries out erasures that are asked for, and each minute removes what came again: one queue for both, for each holds connections of its own. */
export async function startErasing(deps: EraseDeps & { jobs: Jobs; logger: Logger }): Promise<void> {
  deps.jobs.define<{ id?: string }>(
    'erase',
    async ({ id }) => {
      if (id === undefined) return await forgetAll(deps)
      try {
        await erasePerson(deps, id)
      } catch (error) {
        await noteErasure(deps.pool, id, { status: 'failed', failure: (error as Error).message.slice(0, 500) })
        throw error
      }
    },
    { lane: 'long', attempts: 5, backOffMs: 10_000 },
  )
  await deps.jobs.every('erase', sweepMs)
}

async function forgetAll(deps: EraseDeps): Promise<void> {
  while ((await forgetReturned(deps)) > 0);
}
