import type { Logger } from '../connector/hub.ts'
import { newId } from '../database/id.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { countDeliveries, pageOfDeliveries, placeBehind } from '../intake/list-deliveries.ts'
import type { ReplayResult } from '../intake/replay-delivery.ts'
import type { Jobs } from '../jobs/queue.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { ReplayFailure, ReplayRecord } from './replay.ts'
import { claimReplay, endReplay, noteReplayed, noteTotal, readReplay, selectAbandonedReplays } from './replay-store.ts'

export interface ReplayDeps {
  pool: Pool
  logger: Logger
  /** Reads one delivery anew and applies it, in a transaction of its own. */
  replay(deliveryId: string): Promise<ReplayResult>
}

const job = 'replay'
const sweepJob = 'replay-sweep'
const sweepEveryMs = 5_000
/** A worker notes every delivery; one that takes longer than this is taken to be dead. */
const silentMs = 60_000
const perPage = 50
const tellEveryMs = 1_000
/** A delivery at which so many workers ended is passed over. */
const mostTries = 3

/** So that a process without a worker can add the job. */
export function knowReplays(jobs: Jobs): void {
  jobs.define(job, async () => {}, { lane: 'long' })
}

/** Replays what was asked for, and takes up what a killed worker left: its row says where to go on. */
export async function startReplays(deps: ReplayDeps & { jobs: Jobs }): Promise<void> {
  deps.jobs.define<{ replayId: string }>(job, ({ replayId }) => runReplay(deps, replayId), { lane: 'long' })
  deps.jobs.define(sweepJob, async () => {
    for (const id of await selectAbandonedReplays(deps.pool, silentMs)) await wakeReplay(deps.jobs, id)
  })
  await deps.jobs.every(sweepJob, sweepEveryMs)
  // Who has just started need not wait until others seem silent.
  for (const id of await selectAbandonedReplays(deps.pool, 0)) await wakeReplay(deps.jobs, id)
}

export async function wakeReplay(jobs: Pick<Jobs, 'add'>, replayId: string): Promise<void> {
  await jobs.add(job, { replayId })
}

export async function tellReplay(tx: Transaction, id: string): Promise<void> {
  await appendLiveEvents(tx, [{ type: 'replay.changed', subjectId: id, payload: { id } }])
}

/**
 * Goes through the deliveries, newest first, and notes each; whoever takes it up later goes on behind the last. A delivery that cannot be replayed
 * harms only itself. Doing it again does no harm: a replay finds again what the one before it did.
 */
export async function runReplay(deps: ReplayDeps, id: string): Promise<void> {
  const worker = newId()
  if (!(await claimReplay(deps.pool, id, worker))) return
  const record = await readReplay(deps.pool, id)
  try {
    if (record.total === null) await noteTotal(deps.pool, id, await countDeliveries(deps.pool, { ...record.filter, seenBy: record.actor }))
    if (await goThrough(deps, record, worker)) await end(deps.pool, id, { status: 'done', worker })
  } catch (error) {
    // The sweep takes it up again.
    if (isPassingFault(error)) throw error
    await end(deps.pool, id, { status: 'failed', error: 'internal', worker })
    throw error
  }
}

/** False when it was cancelled or taken over meanwhile. */
async function goThrough(deps: ReplayDeps, record: ReplayRecord, worker: string): Promise<boolean> {
  const { id, filter, actor } = record
  let place = record.place
  let isFatal = record.tries > mostTries
  let toldAt = 0
  for (;;) {
    const page = await pageOfDeliveries(deps.pool, { ...filter, seenBy: actor, ...(place !== null && { cursor: place }), limit: perPage })
    for (const delivery of page.rows) {
      const outcome = isFatal ? { failure: { id: delivery.id, reason: 'ends_worker' } } : await replayOne(deps, delivery.id)
      isFatal = false
      place = placeBehind(delivery)
      if (!(await noteReplayed(deps.pool, { id, worker }, { place, ...outcome }))) return false
      if (Date.now() - toldAt < tellEveryMs) continue
      toldAt = Date.now()
      await inTransaction(deps.pool, (tx) => tellReplay(tx, id))
    }
    if (page.nextCursor === null) return true
  }
}

async function replayOne(deps: ReplayDeps, id: string): Promise<{ result: ReplayResult } | { failure: ReplayFailure }> {
  try {
    return { result: await deps.replay(id) }
  } catch (error) {
    if (isPassingFault(error)) throw error
    if (error instanceof CoreError) return { failure: { id, reason: error.code } }
    deps.logger.error({ delivery: id, error: String(error) }, 'a delivery could not be replayed')
    return { failure: { id, reason: 'fault' } }
  }
}

async function end(pool: Pool, id: string, how: Parameters<typeof endReplay>[2]): Promise<void> {
  await inTransaction(pool, async (tx) => {
    if (await endReplay(tx, id, how)) await tellReplay(tx, id)
  })
}
