import type { Logger } from '../connector/hub.ts'
import type { Jobs } from '../jobs/queue.ts'
import { fetchPictures, type PictureDeps } from './fetch-pictures.ts'

const job = 'fetch-pictures'
const everyMs = 5_000

/** Fetches the pictures of new people a few seconds after their first message, behind everything that is urgent. */
export async function startPictures(deps: PictureDeps & { jobs: Jobs; logger: Logger }): Promise<void> {
  deps.jobs.define(
    job,
    () => fetchPictures(deps).catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'pictures of people could not be fetched')),
    { lane: 'fetch' },
  )
  await deps.jobs.every(job, everyMs)
}
