import type { Logger } from '../connector/hub.ts'
import type { Jobs } from '../jobs/queue.ts'
import { readExpectedIds } from './attachment-store.ts'
import { type FetchDeps, fetchAttachment } from './fetch-attachment.ts'

const fetchMediaJob = 'fetch-media'
const mostFound = 500

export interface MediaTiming {
  /** How often to look for what has just been announced; what is older than a minute is looked for 30 times less often. */
  lookEveryMs: number
  backOffMs: number
}

export interface MediaWorker {
  close(): Promise<void>
}

/**
 * Fetches contents that vendors still have, soon after their message was applied. One round of tries takes about an hour and a half (10 s
 * doubled nine times); then another begins, until `fetchAttachment` gives up.
 */
export function startMedia(
  deps: FetchDeps & { jobs: Jobs; logger: Logger },
  timing: MediaTiming = { lookEveryMs: 1_000, backOffMs: 10_000 },
): MediaWorker {
  deps.jobs.define<{ attachmentId: string }>(fetchMediaJob, ({ attachmentId }) => fetchAttachment(deps, attachmentId), {
    lane: 'fetch',
    attempts: 10,
    backOffMs: timing.backOffMs,
  })
  const handedOn = new Set<string>()
  let looks = 0
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      const isThorough = looks++ % 30 === 0
      if (isThorough) handedOn.clear()
      for (const attachmentId of await readExpectedIds(deps.pool, { limit: mostFound, newerThanMs: isThorough ? undefined : 60_000 })) {
        if (handedOn.has(attachmentId)) continue
        await deps.jobs.add(fetchMediaJob, { attachmentId }, { jobId: attachmentId })
        handedOn.add(attachmentId)
      }
    } catch (error) {
      deps.logger.warn({ error: String(error) }, 'expected files could not be looked for; they will be again')
    }
    looking = undefined
  }

  const timer = setInterval(() => {
    looking ??= look()
  }, timing.lookEveryMs)
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
