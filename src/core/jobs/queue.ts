import { createPostgresBackend, DelayedError, type Job, Queue, Worker, withBackend } from 'bullmq'
import type { Logger } from '../connector/hub.ts'
import { SteadyClient } from '../database/pool.ts'
import { warnRarely } from './rare-warnings.ts'

const closeWithinMs = 6_000
/** Of each queue and each worker; waiting for jobs has a connection of its own beside it (bullmq, postgres-connection.js: one does not deadlock). */
const postgresConnections = 1
const redisPrefix = 'switchboard'

/**
 * Jobs of one kind share a queue and a worker, for each costs the store three connections: `send` what leaves, `fetch` what vendors keep for us, `long` what takes
 * minutes, `house` what is swept and scheduled. A lane that is busy keeps no other waiting. The figures are jobs at once in one process.
 */
const lanes = { send: 8, fetch: 4, long: 2, house: 4 } as const
export type Lane = keyof typeof lanes

export interface JobOptions {
  /** `house` when absent. */
  lane?: Lane
  /** Tries before a job that throws is given up; 1 when absent: sweeps find again what was not done. */
  attempts?: number
  /** Wait before the second try; doubled each time. 1 s when absent. */
  backOffMs?: number
}

export interface AddOptions {
  delayMs?: number
  /** While a job with this id waits or runs, another one is not added. Letters, digits, `-` and `_`. */
  jobId?: string
}

/** Work that needs time. A job may run twice (a stalled one is run again): handlers are idempotent by the row they name. */
export interface Jobs {
  /** Call before `add` and `every` of the same name. Without `work` only the name becomes known. */
  define<Data extends object>(name: string, handler: (data: Data) => Promise<void>, options?: JobOptions): void
  add(name: string, data: object, options?: AddOptions): Promise<void>
  /** Runs the job again and again over all processes, `ms` apart, with empty data. */
  every(name: string, ms: number): Promise<void>
  /** Lets running jobs finish for up to 6 s. Closing twice is closing once. */
  close(): Promise<void>
}

export interface JobsConfig {
  databaseUrl: string
  /** Absent: jobs are kept in PostgreSQL, in a schema of their own. */
  redisUrl?: string | undefined
  logger: Logger
  /** False: this process adds jobs and runs none. */
  work?: boolean
}

interface OpenLane {
  queue: Pick<Queue, 'add' | 'upsertJobScheduler' | 'close'>
  worker: Pick<Worker, 'close'> | undefined
}

interface Known {
  lane: OpenLane
  options: JobOptions
  handler(data: unknown): Promise<void>
}

/** A job that nobody here knows yet: it may be defined a moment later, or in another process. ms. */
const unknownAgainMs = 2_000

/** The only place that knows where jobs are kept. */
export function openJobs(config: JobsConfig): Jobs {
  const store = openStore(config)
  const open = new Map<Lane, OpenLane>()
  const known = new Map<string, Known>()
  const warn = warnRarely(config.logger, 'the job store has a fault')
  const onError = (error: Error) => warn({ error: error.message })
  let closing: Promise<unknown> | undefined

  async function run(job: Job, token: string | undefined): Promise<void> {
    const found = known.get(job.name)
    if (found) return await found.handler(job.data)
    await job.moveToDelayed(Date.now() + unknownAgainMs, token)
    throw new DelayedError()
  }

  function laneOf(name: Lane): OpenLane {
    const lane = open.get(name) ?? {
      queue: store.queue(name, onError),
      worker: config.work === false ? undefined : store.worker(name, run, { concurrency: lanes[name], onError }),
    }
    open.set(name, lane)
    return lane
  }

  function knownOf(name: string): Known {
    const found = known.get(name)
    if (!found) throw new Error(`No job is called "${name}".`)
    return found
  }

  return {
    define(name, handler, options = {}) {
      if (known.has(name)) throw new Error(`The job "${name}" is defined twice.`)
      // The data comes from `add` of this hub and went through JSON.
      const typed = async (data: unknown) => handler(data as Parameters<typeof handler>[0])
      known.set(name, { lane: laneOf(options.lane ?? 'house'), options, handler: typed })
    },
    async add(name, data, options = {}) {
      const job = knownOf(name)
      await job.lane.queue.add(name, data, {
        ...jobOptions(job.options),
        ...(options.delayMs && { delay: options.delayMs }),
        ...(options.jobId && { jobId: `${name}-${options.jobId}` }),
      })
    },
    async every(name, ms) {
      const job = knownOf(name)
      await job.lane.queue.upsertJobScheduler(name, { every: ms }, { name, data: {}, opts: jobOptions(job.options) })
    },
    async close() {
      closing ??= Promise.all([...open.values()].map(closeLane))
      await closing
    },
  }
}

function jobOptions(options: JobOptions) {
  return {
    attempts: options.attempts ?? 1,
    backoff: { type: 'exponential', delay: options.backOffMs ?? 1_000 },
    removeOnComplete: true,
    removeOnFail: true,
  }
}

async function closeLane(line: OpenLane): Promise<void> {
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), closeWithinMs).unref())
  const closing = line.worker?.close()
  if ((await Promise.race([closing, late])) === 'late') await line.worker?.close(true)
  await line.queue.close()
}

interface Store {
  queue(name: string, onError: (error: Error) => void): OpenLane['queue']
  worker(
    name: string,
    run: (job: Job, token: string | undefined) => Promise<void>,
    options: { concurrency: number; onError: (error: Error) => void },
  ): Pick<Worker, 'close'>
}

function openStore(config: JobsConfig): Store {
  const { redisUrl } = config
  return redisUrl ? openRedisStore(redisUrl, config.logger) : openPostgresStore(config)
}

function openPostgresStore(config: JobsConfig): Store {
  const bound = withBackend(createPostgresBackend)
  // Each gets a small pool of its own; idle connections are closed after 10 s.
  const connection = { Client: SteadyClient, connectionString: config.databaseUrl, migrate: true, max: postgresConnections }
  return {
    queue(name, onError) {
      return new bound.Queue(name, { connection }).on('error', onError)
    },
    worker(name, run, { concurrency, onError }) {
      return new bound.Worker(name, (job, token) => run(job, token), { connection, concurrency })
        .on('error', onError)
        .on('failed', logFailure(config.logger))
    },
  }
}

function openRedisStore(url: string, logger: Logger): Store {
  const settings = { connection: { url, maxRetriesPerRequest: null }, prefix: redisPrefix }
  return {
    queue(name, onError) {
      return new Queue(name, settings).on('error', onError)
    },
    worker(name, run, { concurrency, onError }) {
      return new Worker(name, (job, token) => run(job, token), { ...settings, concurrency }).on('error', onError).on('failed', logFailure(logger))
    },
  }
}

function logFailure(logger: Logger) {
  return (job: Job | undefined, error: Error) => logger.error({ job: job?.name, error: error.message, stack: error.stack }, 'a job failed')
}
