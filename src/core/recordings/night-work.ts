import type { ReconcileDeps } from '../calls/ask-history.ts'
import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { everyNight } from '../jobs/every-night.ts'
import type { Jobs } from '../jobs/queue.ts'
import { eraseOutdated } from './erase-outdated.ts'
import { reconcileRecordings } from './reconcile-recordings.ts'

const one = 'reconcile-recordings'

/** At night recordings whose time is over are erased, and those that are missing are asked for. */
export async function workAtNight(deps: ReconcileDeps & { pool: Pool; files: Files; jobs: Jobs }): Promise<void> {
  const { jobs, directory, logger } = deps
  jobs.define<{ channelId: string }>(one, ({ channelId }) => reconcileRecordings(deps, channelId), { lane: 'fetch', attempts: 5, backOffMs: 60_000 })
  await everyNight(deps, 'reconcile-all-recordings', async () => {
    for (const channel of directory.all())
      if (channel.connector.fetchMedia && channel.pausedAt === null) await jobs.add(one, { channelId: channel.id }, { jobId: channel.id })
  })
  await everyNight(deps, 'erase-outdated-recordings', async () => {
    const erased = await eraseOutdated(deps)
    if (erased.recordings > 0) logger.info(erased, 'recordings were erased, for their time was over')
  })
}
