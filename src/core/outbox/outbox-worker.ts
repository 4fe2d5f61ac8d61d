import type { Jobs } from '../jobs/queue.ts'
import { sendPartJob, sweepOutboxJob } from './outbox.ts'
import { type SendDeps, sendPart } from './send-part.ts'
import { holdSenderPresence } from './sender-presence.ts'
import { sweepOutbox } from './sweep-outbox.ts'

const sweepEveryMs = 5_000
const sentAtOnce = 8

export interface OutboxWorkerDeps extends Omit<SendDeps, 'sendingBy'> {
  jobs: Jobs
  databaseUrl: string
}

export interface OutboxTiming {
  sweepEveryMs: number
  /** How long a part may be `sending` without a sign of its sender. */
  graceMs: number
}

export interface OutboxWorker {
  /** After `jobs.close()`: lets go of the presence lock. */
  close(): Promise<void>
}

/** Sends what is queued, here and in every other process that works. */
export async function startOutbox(deps: OutboxWorkerDeps, timing: OutboxTiming = { sweepEveryMs, graceMs: 10_000 }): Promise<OutboxWorker> {
  const presence = await holdSenderPresence(deps)
  const sendDeps: SendDeps = { ...deps, sendingBy: presence.id }
  deps.jobs.define<{ partId: string }>(
    sendPartJob,
    async ({ partId }) => {
      const next = await sendPart(sendDeps, partId)
      await Promise.all(next.map((one) => wakePart(deps.jobs, one.partId, one.delayMs)))
    },
    { concurrency: sentAtOnce },
  )
  deps.jobs.define(sweepOutboxJob, async () => {
    const due = await sweepOutbox(deps, timing.graceMs)
    for (const partId of due) await wakePart(deps.jobs, partId)
  })
  await deps.jobs.every(sweepOutboxJob, timing.sweepEveryMs)
  return { close: () => presence.close() }
}

/** For processes that only write messages: they can wake those that send. */
export function knowOutbox(jobs: Jobs): void {
  jobs.define(sendPartJob, async () => {})
}

/** A delayed try has no job id of its own: the running job still bears the part's. */
export async function wakePart(jobs: Jobs, partId: string, delayMs = 0): Promise<void> {
  await jobs.add(sendPartJob, { partId }, delayMs > 0 ? { delayMs } : { jobId: partId })
}
