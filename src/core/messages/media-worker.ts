import type { Jobs } from '../jobs/queue.ts'
import { readExpectedIds } from './attachment-store.ts'
import { type FetchDeps, fetchAttachment } from './fetch-attachment.ts'

const fetchMediaJob = 'fetch-media'
const sweepMediaJob = 'sweep-media'
const sweepEveryMs = 30_000
const mostAtOnce = 4
const mostSwept = 500

export interface MediaWorker {
  /** Fetches these soon. Losing the call loses nothing: a sweep finds what is still expected. */
  fetchSoon(attachmentIds: string[]): Promise<void>
}

/**
 * Fetches contents that vendors still have. One round of tries takes about an hour and a half (10 s doubled nine times); then the sweep
 * begins another, until `fetchAttachment` gives up.
 */
export async function startMedia(
  deps: FetchDeps & { jobs: Jobs },
  timing: { sweepEveryMs: number; backOffMs: number } = { sweepEveryMs, backOffMs: 10_000 },
): Promise<MediaWorker> {
  deps.jobs.define<{ attachmentId: string }>(fetchMediaJob, ({ attachmentId }) => fetchAttachment(deps, attachmentId), {
    concurrency: mostAtOnce,
    attempts: 10,
    backOffMs: timing.backOffMs,
  })
  const fetchSoon = async (attachmentIds: string[]) => {
    for (const attachmentId of attachmentIds) await deps.jobs.add(fetchMediaJob, { attachmentId }, { jobId: attachmentId })
  }
  deps.jobs.define(sweepMediaJob, async () => fetchSoon(await readExpectedIds(deps.pool, mostSwept)))
  await deps.jobs.every(sweepMediaJob, timing.sweepEveryMs)
  return { fetchSoon }
}
