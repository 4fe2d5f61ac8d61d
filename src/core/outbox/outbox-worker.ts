import type { Jobs } from '../jobs/queue.ts'
import { guardAgainstRestore } from './guard-restore.ts'
import { keepLifeMark } from './keep-life-mark.ts'
import { type SendDeps, sendPart } from './send-part.ts'
import { holdSenderPresence } from './sender-presence.ts'
import { sweepOutbox } from './sweep-outbox.ts'

const sendPartJob = 'send-part'
const sweepEveryMs = 5_000

export interface OutboxWorkerDeps extends Omit<SendDeps, 'sendingBy'> {
  jobs: Jobs
  databaseUrl: string
  dataDir: string
  /** The database lies in `dataDir`. */
  isEmbedded: boolean
}

export interface OutboxTiming {
  sweepEveryMs: number
  /** How long a part may be `sending` without a sign of its sender. */
  graceMs: number
}

export interface OutboxWorker {
  /** Closes the jobs first: the sign of life goes last. */
  close(): Promise<void>
}

/** Sends what is queued, here and in every other process that works. */
export async function startOutbox(deps: OutboxWorkerDeps, timing: OutboxTiming = { sweepEveryMs, graceMs: 10_000 }): Promise<OutboxWorker> {
  await guardAgainstRestore(deps)
  const mark = await keepLifeMark(deps)
  const presence = await holdSenderPresence(deps)
  const sendDeps: SendDeps = { ...deps, sendingBy: presence.id }
  deps.jobs.define<{ partId: string }>(
    sendPartJob,
    async ({ partId }) => {
      const next = await sendPart(sendDeps, partId)
      await Promise.all(next.map((one) => wakePart(deps.jobs, one.partId, one.delayMs)))
    },
    { lane: 'send' },
  )
  const sweeping = sweepAgainAndAgain(deps, timing, presence.id)
  return {
    async close() {
      await sweeping.close()
      await deps.jobs.close()
      await mark.close()
      await presence.close()
    },
  }
}

/**
 * A timer and not a job: it finds what the job store has lost, the store's own schedule included. Its jobs bear the sender's number too: one that a dead process
 * was at bears the part's name for as long as the store takes to call it stalled, and nobody waits for that.
 */
function sweepAgainAndAgain(deps: OutboxWorkerDeps, timing: OutboxTiming, senderId: number): { close(): Promise<void> } {
  let running: Promise<void> | undefined
  const sweep = async () => {
    try {
      for (const partId of await sweepOutbox(deps, timing.graceMs)) await deps.jobs.add(sendPartJob, { partId }, { jobId: `${partId}-${senderId}` })
    } catch (error) {
      deps.logger.warn({ error: String(error) }, 'the outbox could not be swept; it will be again')
    }
    running = undefined
  }
  const start = () => {
    running ??= sweep()
  }
  const timer = setInterval(start, timing.sweepEveryMs)
  start()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

/** For processes that only write messages: they can wake those that send. */
export function knowOutbox(jobs: Jobs): void {
  jobs.define(sendPartJob, async () => {}, { lane: 'send' })
}

/** A delayed try has no job id of its own: the running job still bears the part's. */
export async function wakePart(jobs: Jobs, partId: string, delayMs = 0): Promise<void> {
  await jobs.add(sendPartJob, { partId }, delayMs > 0 ? { delayMs } : { jobId: partId })
}
