import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq'
import type { Logger } from '../connector/hub.ts'
import { SteadyClient } from '../database/pool.ts'
import { warnRarely } from './rare-warnings.ts'

const closeWithinMs = 6_000
/** Of each queue and each worker; waiting for jobs has a connection of its own beside it (bullmq, postgres-connection.js: one does not deadlock). */
const postgresConnections = 1
const redisPrefix = 'switchboard'

export interface JobOptions {
  /** How many run at once in this process; 1 when absent. */
  concurrency?: number
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

interface Line {
  queue: Pick<Queue, 'add' | 'upsertJobScheduler' | 'close'>
  worker: Pick<Worker, 'close'> | undefined
  options: JobOptions
}

/** The only place that knows where jobs are kept. */
export function openJobs(config: JobsConfig): Jobs {
  const store = openStore(config)
  const lines = new Map<string, Line>()
  const warn = warnRarely(config.logger, 'the job store has a fault')
  let closing: Promise<unknown> | undefined
  const lineOf = (name: string) => {
    const line = lines.get(name)
    if (!line) throw new Error(`No job is called "${name}".`)
    return line
  }
  return {
    define(name, handler, options = {}) {
      if (lines.has(name)) throw new Error(`The job "${name}" is defined twice.`)
      const onError = (error: Error) => warn({ error: error.message })
      // The data comes from `add` of this hub and went through JSON.
      const run = async (data: unknown) => handler(data as Parameters<typeof handler>[0])
      const queue = store.queue(name, onError)
      const worker = config.work === false ? undefined : store.worker(name, run, { concurrency: options.concurrency ?? 1, onError })
      lines.set(name, { queue, worker, options })
    },
    async add(name, data, options = {}) {
      const line = lineOf(name)
      await line.queue.add(name, data, {
        ...jobOptions(line.options),
        ...(options.delayMs && { delay: options.delayMs }),
        ...(options.jobId && { jobId: options.jobId }),
      })
    },
    async every(name, ms) {
      const line = lineOf(name)
      await line.queue.upsertJobScheduler(name, { every: ms }, { name, data: {}, opts: jobOptions(line.options) })
    },
    async close() {
      closing ??= Promise.all([...lines.values()].map(closeLine))
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

async function closeLine(line: Line): Promise<void> {
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), closeWithinMs).unref())
  const closing = line.worker?.close()
  if ((await Promise.race([closing, late])) === 'late') await line.worker?.close(true)
  await line.queue.close()
}

interface Store {
  queue(name: string, onError: (error: Error) => void): Line['queue']
  worker(
    name: string,
    run: (data: unknown) => Promise<void>,
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
      return new bound.Worker(name, (job) => run(job.data), { connection, concurrency })
        .on('error', onError)
        .on('failed', logFailure(config.logger, name))
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
      return new Worker(name, (job) => run(job.data), { ...settings, concurrency }).on('error', onError).on('failed', logFailure(logger, name))
    },
  }
}

function logFailure(logger: Logger, name: string) {
  return (_job: unknown, error: Error) => logger.error({ job: name, error: error.message, stack: error.stack }, 'a job failed')
}
