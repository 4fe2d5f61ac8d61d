import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../connector/hub.ts'
import { StartFailure } from '../start-failure.ts'
import { type Cluster, openCluster, superuser } from './embedded-cluster.ts'
import { explainEnd, findPostmaster, logSize, startPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { findPrograms, type Programs } from './embedded-programs.ts'

/** A lock held as long as the hub lives and freed by the server when its connection ends, however it ends. Per database, so always in `postgres`. */
const hubLock = 72707371
/** Crash recovery is waited out. */
const startPatienceMs = 60_000
const stopPatienceMs = 4_000
/** A hub that is just stopping is waited for: npm ends before it does. */
const graceMs = 4_000
/**
 * A server this young is ours, or that of a hub that started at the same moment and lost the race for the lock: it is used as it is.
 * An older one may come from an older version of the program or its settings.
 */
const youngMs = 60_000
const databaseName = 'switchboard'

export interface EmbeddedDatabase {
  databaseUrl: string
  close(): Promise<void>
}

interface Context {
  closing: AbortSignal
  dataDir: string
  cluster: Cluster
  programs: Programs
  logger: Logger
}

/**
 * Starts the PostgreSQL in `<dataDir>/postgres`, made if it is absent, and keeps it running until `close`.
 * A server that a killed hub left alone is stopped and started anew; `onLost` is told when it cannot be kept running.
 * @throws StartFailure `already_running` when another hub lives on these data, and those of the parts.
 */
export async function openEmbedded(dataDir: string, logger: Logger, onLost: (reason: unknown) => void): Promise<EmbeddedDatabase> {
  const programs = await findPrograms()
  const closing = new AbortController()
  const context: Context = { dataDir, cluster: await openCluster(dataDir, programs), programs, logger, closing: closing.signal }
  let held = await hold(context, undefined)
  const { port } = held

  const keep = async (): Promise<void> => {
    for (;;) {
      await held.ended
      if (closing.signal.aborted) return
      logger.warn({}, 'The embedded database broke off; bringing it back')
      held = await hold(context, port)
    }
  }
  const close = async (): Promise<void> => {
    closing.abort()
    await stopPostmaster(context.cluster, held.pid, stopPatienceMs)
    await keeping
    const left = findPostmaster(context.cluster)
    if (left) await stopPostmaster(context.cluster, left.pid, stopPatienceMs)
  }
  const keeping = keep().catch((error: unknown) => {
    if (!closing.signal.aborted) onLost(error)
  })
  try {
    await makeDatabase(held.lock)
  } catch (error) {
    await close()
    throw error
  }
  return { databaseUrl: urlOf(context.cluster, port, databaseName), close }
}

/** Where the embedded database of a hub that runs on `dataDir` listens; undefined when none does. */
export async function findRunning(dataDir: string): Promise<string | undefined> {
  if (!existsSync(join(dataDir, 'postgres'))) return undefined
  const cluster = await openCluster(dataDir, await findPrograms())
  const found = findPostmaster(cluster)
  if (found?.port === undefined) return undefined
  const databaseUrl = urlOf(cluster, found.port, databaseName)
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  return await client.connect().then(
    () => client.end().then(() => databaseUrl),
    () => undefined,
  )
}

interface Held {
  pid: number
  port: number
  lock: pg.Client
  ended: Promise<void>
}

/** Comes to hold the lock of a running server, whatever state the last one was left in. */
async function hold(context: Context, wantedPort: number | undefined): Promise<Held> {
  const { cluster, closing } = context
  const deadline = Date.now() + startPatienceMs
  const graceEnd = Date.now() + graceMs
  while (Date.now() < deadline && !closing.aborted) {
    const found = findPostmaster(cluster)
    if (!found) {
      await start(context, wantedPort ?? (await freePort()), deadline)
      continue
    }
    const lock = found.port === undefined ? undefined : await takeLock(context, found.port, graceEnd)
    if (!lock || found.port === undefined) {
      await sleep(25)
      continue
    }
    if (wantedPort === undefined ? Date.now() - found.startedAt < youngMs : found.port === wantedPort) {
      return { pid: found.pid, port: found.port, lock, ended: new Promise((resolve) => lock.once('end', resolve)) }
    }
    context.logger.warn({ pid: found.pid }, 'Stopping the database server that the last run left behind')
    await stopPostmaster(cluster, found.pid, stopPatienceMs)
  }
  throw new StartFailure('embedded_unavailable', `The embedded PostgreSQL did not become ready in ${startPatienceMs / 1000} s: see ${cluster.log}.`)
}

/** One attempt; returns when the server listens, or has ended for a reason that passes. */
async function start(context: Context, port: number, deadline: number): Promise<void> {
  const from = logSize(context.cluster)
  const child = startPostmaster(context.cluster, context.programs, port)
  const ended = new Promise<Error | true>((resolve) => child.once('exit', () => resolve(true)).once('error', resolve))
  child.unref()
  while (Date.now() < deadline) {
    const end = await Promise.race([ended, sleep(20, undefined)])
    if (end instanceof Error)
      throw new StartFailure('embedded_unavailable', `The embedded PostgreSQL does not start: ${end.message}.`, { cause: end })
    if (end) break
    const found = findPostmaster(context.cluster)
    if (found?.pid === child.pid && found?.port !== undefined) return
  }
  const { passing, failure } = explainEnd(context.cluster, from)
  if (!passing) throw failure
  await sleep(100)
}

/** A connection that holds the hub's lock; undefined while the server is starting, recovering or stopping, or its hub may be. */
async function takeLock({ cluster, dataDir }: Context, port: number, graceEnd: number): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    application_name: 'switchboard lock',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const taken = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [hubLock])
    if (taken.rows[0]?.taken) return client
  } catch (error) {
    client.end().catch(() => {})
    if (isPassing(error)) return undefined
    throw new StartFailure('embedded_unavailable', `The embedded PostgreSQL refuses the hub: ${(error as Error).message}.`, { cause: error })
  }
  await client.end()
  if (Date.now() < graceEnd) return undefined
  throw new StartFailure('already_running', `Another hub runs on ${dataDir}: stop it first, or give this one another DATA_DIR.`)
}

/** 57P01–57P03: shutting down, starting, recovering; without a code of PostgreSQL the connection itself failed. */
function isPassing(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.code?.startsWith('57P') === true || error.code === '53300'
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
  if (!found.rowCount) await client.query(`create database ${databaseName}`)
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${database}`
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new StartFailure('embedded_unavailable', 'No port is free for the embedded PostgreSQL.')
  return address.port
}
