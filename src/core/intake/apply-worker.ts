import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Logger } from '../connector/hub.ts'
import { newId } from '../database/id.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import { plannedOnce, type Queryable, type Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import type { Files } from '../files/files.ts'
import { type ApplyDeps, applyReadings } from './apply-batch.ts'
import { watchBursts } from './burst.ts'
import { claimAlone, claimFresh, claimNamed, forgetAttempt, noteAttempt, takeOverAttempts, tryAlone, type Worker } from './claim-store.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { hasUnapplied, settleDeliveries } from './delivery-store.ts'
import { type Reading, readEvents } from './read-events.ts'

export interface ApplyWorkerDeps extends ApplyDeps {
  files: Files
  channels: ChannelDirectory
  logger: Logger
}

export interface ApplyWorker {
  /** Look now: `stored` deliveries came in, among them `urgentIds`. */
  wake(stored?: number, urgentIds?: readonly string[]): void
  /** Resolves when nothing is left to apply. For tests and shutdown. */
  drain(): Promise<void>
  close(): Promise<void>
}

const batchSize = 100
/** Of what is urgent, during a burst, by each look of a loop: so little that the door does not feel it. */
const urgentInBurst = 20
/** So many are known to be urgent at most; beyond it they wait like the rest. */
const mostUrgent = 10_000
const idleMs = 1000
const retryMs = 2000
const drainPollMs = 10
/** How often applying looks whether a burst is over, or brought something urgent. */
const burstPollMs = 100
/** How often a worker looks for what failed before, and for what others were applying when they died. */
const takeOverMs = 500
/** What killed three workers in a row is parked. */
const mostDeaths = 3
/** A batch that met so many passing faults is applied one by one: what one delivery waits for (a file that cannot be read now) is no reason for the others. */
const mostFaults = 3

/** Applies stored deliveries as fast as they come, in batches, until closed. Several loops overlap reading with the database's work. */
export function startApplyWorker(deps: ApplyWorkerDeps, loops = 2): ApplyWorker {
  const pauses = new Set<() => void>()
  let isClosed = false
  let wakes = 0
  /** What this process stored and is urgent: applied first while others wait, forgotten when none do. */
  const urgent = new Set<string>()
  /** More waited than one batch takes. */
  let isBehind = false
  const burst = watchBursts()
  const process = newId()

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, ms)
      function end(): void {
        clearTimeout(timer)
        pauses.delete(end)
        resolve()
      }
      pauses.add(end)
    })
  }

  function takeUrgent(most: number): string[] {
    const ids = urgent.values().take(most).toArray()
    for (const id of ids) urgent.delete(id)
    return ids
  }

  async function loop(): Promise<void> {
    const worker = { id: newId(), process }
    let lookedAt = 0
    let mayBeAlone = true
    let faults = 0
    while (!isClosed) {
      const isBurst = burst.isOn()
      isBehind ||= isBurst
      if (!isBehind) urgent.clear()
      const named = takeUrgent(isBurst ? urgentInBurst : batchSize)
      if (isBurst && named.length === 0) {
        await sleep(burstPollMs)
        continue
      }
      const wakesBefore = wakes
      try {
        if (Date.now() - lookedAt > takeOverMs) {
          await takeOverAttempts(deps.pool, process)
          lookedAt = Date.now()
          mayBeAlone = true
        }
        const { took, isAlone } = await applyNext(deps, worker, { named, urgent, mayBeAlone, isSplit: faults >= mostFaults })
        mayBeAlone = isAlone
        faults = 0
        if (isBurst) await sleep(burstPollMs)
        if (named.length > 0) continue
        isBehind = took === batchSize
        if (took < batchSize && !isAlone && wakes === wakesBefore) await pause(idleMs)
      } catch (error) {
        faults++
        deps.logger.warn({ error: String(error) }, 'applying waits for a fault to pass')
        await pause(retryMs)
      }
    }
  }

  function wake(stored = 0, urgentIds: readonly string[] = []): void {
    burst.note(stored)
    for (const id of urgentIds) if (urgent.size < mostUrgent) urgent.add(id)
    wakes++
    for (const end of [...pauses]) end()
  }

  const running = Array.from({ length: loops }, () => loop())
  return {
    wake,
    async drain() {
      while (!isClosed && (await hasUnapplied(deps.pool))) {
        wake()
        await sleep(drainPollMs)
      }
    },
    async close() {
      isClosed = true
      wake()
      await Promise.all(running)
    },
  }
}

/**
 * Applies what comes next; gives the number of deliveries it took. What failed before is looked for only when `mayBeAlone`: it is rare, and looking
 * costs. `named`: these and nothing else; what is taken is taken off `urgent`. A failure is dealt with, unless the database cannot be reached. `isSplit`: a batch that fails is tried one by one, whatever the fault.
 */
async function applyNext(
  deps: ApplyWorkerDeps,
  worker: Worker,
  { named, urgent, mayBeAlone, isSplit }: { named: string[]; urgent: Set<string>; mayBeAlone: boolean; isSplit: boolean },
): Promise<{ took: number; isAlone: boolean }> {
  let claimed: ClaimedDelivery[] = []
  let isAlone = false
  try {
    await inRetriedTransaction(
      deps.pool,
      async (tx) => {
        const alone = mayBeAlone && named.length === 0 ? await claimAlone(tx) : undefined
        isAlone = alone !== undefined && alone.deliveries.length > 0
        const { deliveries, session } = isAlone && alone ? alone : named.length > 0 ? await claimNamed(tx, named) : await claimFresh(tx, batchSize)
        claimed = deliveries
        for (const { id } of claimed) urgent.delete(id)
        if (claimed.length === 0) return
        await noteAttempt(
          deps.pool,
          worker,
          session,
          claimed.map((delivery) => delivery.id),
        )
        await applyClaimed(tx, deps, claimed)
      },
      plannedOnce,
    )
  } catch (error) {
    await forgetAttempt(deps.pool, worker)
    await afterFailure(deps, claimed, { error, isSplit })
    isAlone = true
  }
  return { took: claimed.length, isAlone }
}

async function applyClaimed(tx: Transaction, deps: ApplyWorkerDeps, claimed: ClaimedDelivery[]): Promise<void> {
  const readings: Reading[] = []
  for (const delivery of claimed) {
    const channel = deps.channels.byId(delivery.channelId)
    if (delivery.attempts >= mostDeaths) await park(tx, delivery, `it ended ${mostDeaths} workers in a row`)
    else if (channel) readings.push(await readEvents(deps.files, delivery, channel))
    else await park(tx, delivery, 'its channel is gone')
  }
  if (readings.length > 0) await applyReadings(tx, deps, readings)
}

async function afterFailure(
  deps: ApplyWorkerDeps,
  claimed: ClaimedDelivery[],
  { error, isSplit }: { error: unknown; isSplit: boolean },
): Promise<void> {
  const ids = claimed.map((delivery) => delivery.id)
  const only = claimed[0]
  if (!only) throw error
  if (isPassingFault(error) && ids.length > 1 && !isSplit) throw error
  if (isPassingFault(error) && ids.length === 1) {
    deps.logger.warn({ error: String(error), deliveryId: only.id }, 'applying failed for now and is tried again')
    await tryAlone(deps.pool, ids, retryMs)
  } else if (ids.length === 1) {
    const words = error instanceof Error ? error.message : String(error)
    deps.logger.error({ error: error instanceof Error ? error.stack : words, deliveryId: only.id }, 'a delivery could not be applied and is parked')
    await park(deps.pool, only, `applying failed: ${words}`.slice(0, 500))
  } else {
    deps.logger.warn({ error: String(error), deliveries: ids.length }, 'a batch failed; its deliveries are applied one by one')
    await tryAlone(deps.pool, ids, 0)
  }
}

async function park(db: Queryable, delivery: ClaimedDelivery, reason: string): Promise<void> {
  await settleDeliveries(db, [{ id: delivery.id, status: 'parked', reason }])
}
