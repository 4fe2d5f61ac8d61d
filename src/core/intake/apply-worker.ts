import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Logger } from '../connector/hub.ts'
import { newId } from '../database/id.ts'
import { isPassingFault } from '../database/passing-fault.ts'
import type { Files } from '../files/files.ts'
import { type ApplyDeps, applyBatch } from './apply-batch.ts'
import { watchBursts } from './burst.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { claimFresh, claimSuspect, hasUnapplied, releaseClaims, releaseClaimsOf, settleDeliveries } from './delivery-store.ts'
import { type Reading, readEvents } from './read-events.ts'

export interface ApplyWorkerDeps extends ApplyDeps {
  files: Files
  channels: ChannelDirectory
  logger: Logger
}

export interface ApplyWorker {
  /** Look now: `stored` deliveries came in. */
  wake(stored?: number): void
  /** Resolves when nothing is left to apply. For tests and shutdown. */
  drain(): Promise<void>
  close(): Promise<void>
}

const batchSize = 100
const idleMs = 1000
const retryMs = 2000
const drainPollMs = 10
/** How often applying looks whether a burst is over. */
const burstPollMs = 100
/** What killed three workers in a row is parked. */
const mostDeaths = 3

/** Applies stored deliveries as fast as they come, in batches, until closed. Several loops overlap reading with the database's work. */
export function startApplyWorker(deps: ApplyWorkerDeps, loops = 2): ApplyWorker {
  const pauses = new Set<() => void>()
  let isClosed = false
  let wakes = 0
  const burst = watchBursts()

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

  async function loop(): Promise<void> {
    const worker = newId()
    let mayHoldClaims = false
    while (!isClosed) {
      if (burst.isOn()) {
        await sleep(burstPollMs)
        continue
      }
      const wakesBefore = wakes
      try {
        if (mayHoldClaims) await releaseClaimsOf(deps.pool, worker)
        mayHoldClaims = false
        const found = await applyNext(deps, worker)
        if (found === 0 && wakes === wakesBefore) await pause(idleMs)
      } catch (error) {
        mayHoldClaims = true
        deps.logger.warn({ error: String(error) }, 'applying waits for the database')
        await pause(retryMs)
      }
    }
  }

  function wake(stored = 0): void {
    burst.note(stored)
    wakes++
    for (const end of [...pauses]) end()
  }

  const running = Array.from({ length: loops }, () => loop())
  return {
    wake,
    async drain() {
      while (!isClosed && (await hasUnapplied(deps.pool))) {
        wake()
        await pause(drainPollMs)
      }
    },
    async close() {
      isClosed = true
      wake()
      await Promise.all(running)
    },
  }
}

/** Claims and applies what comes next; gives the number of deliveries it took. */
async function applyNext(deps: ApplyWorkerDeps, worker: string): Promise<number> {
  const suspects = await claimSuspect(deps.pool, worker)
  const claimed = suspects.length > 0 ? suspects : await claimFresh(deps.pool, worker, batchSize)
  const first = claimed[0]
  if (!first) return 0
  if (suspects.length > 0 && first.attempts > mostDeaths) await park(deps, first, `it ended ${mostDeaths} workers in a row`)
  else await applyClaimed(deps, claimed)
  return claimed.length
}

async function applyClaimed(deps: ApplyWorkerDeps, claimed: ClaimedDelivery[]): Promise<void> {
  try {
    const readings: Reading[] = []
    for (const delivery of claimed) {
      const channel = deps.channels.byId(delivery.channelId)
      if (channel) readings.push(await readEvents(deps.files, delivery, channel))
      else await park(deps, delivery, 'its channel is gone')
    }
    if (readings.length > 0) await applyBatch(deps, readings)
  } catch (error) {
    await afterFailure(deps, claimed, error)
  }
}

async function afterFailure(deps: ApplyWorkerDeps, claimed: ClaimedDelivery[], error: unknown): Promise<void> {
  const only = claimed[0]
  if (isPassingFault(error)) {
    deps.logger.warn({ error: String(error), deliveries: claimed.length }, 'applying failed for now and is tried again')
    await releaseClaims(
      deps.pool,
      claimed.map((delivery) => delivery.id),
      claimed.length === 1 ? retryMs : 0,
    )
  } else if (claimed.length === 1 && only) {
    deps.logger.error(
      { error: error instanceof Error ? error.stack : String(error), deliveryId: only.id },
      'a delivery could not be applied and is parked',
    )
    await park(deps, only, `applying failed: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500))
  } else {
    deps.logger.warn({ error: String(error), deliveries: claimed.length }, 'a batch failed; its deliveries are applied one by one')
    for (const delivery of claimed) await applyClaimed(deps, [delivery])
  }
}

async function park(deps: ApplyWorkerDeps, delivery: ClaimedDelivery, reason: string): Promise<void> {
  await settleDeliveries(deps.pool, [{ id: delivery.id, status: 'parked', reason }])
}
