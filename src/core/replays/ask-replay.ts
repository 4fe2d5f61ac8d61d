import type { Actor } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { isBoundedToSources } from '../channels/visible-sources.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Replay, ReplayFilter, ReplayRecord } from './replay.ts'
import { endReplay, insertReplay, readReplay, selectReplays } from './replay-store.ts'
import { tellReplay, wakeReplay } from './run-replays.ts'

/** Has all deliveries that a filter leaves replayed, with the rights of who asks; who asked for what stands in the audit. */
export async function askReplay({ pool, jobs }: { pool: Pool; jobs: Pick<Jobs, 'add'> }, given: ReplayFilter, caller: Caller): Promise<Replay> {
  const id = newId()
  const filter = { ...given, until: given.until ?? new Date().toISOString() }
  await inTransaction(pool, async (tx) => {
    await insertReplay(tx, { id, filter, actor: caller.actor })
    await recordAudit(tx, caller, { action: 'delivery.window_replayed', subject: id, detail: filter })
    await tellReplay(tx, id)
  })
  await wakeReplay(jobs, id)
  return shown(await readReplay(pool, id))
}

/** The latest twenty, newest first. */
export async function listReplays({ pool }: { pool: Pool }, actor: Actor): Promise<{ items: Replay[] }> {
  return { items: (await selectReplays(pool, actor, 20)).map(shown) }
}

/** Throws `not_found`. */
export async function getReplay({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<Replay> {
  return shown(await visibleReplay(pool, actor, id))
}

/** What is replayed already stays so. Throws `not_found`. */
export async function cancelReplay({ pool }: { pool: Pool }, id: string, caller: Caller): Promise<Replay> {
  await visibleReplay(pool, caller.actor, id)
  await inTransaction(pool, async (tx) => {
    if (!(await endReplay(tx, id, { status: 'cancelled' }))) return
    await recordAudit(tx, caller, { action: 'delivery.replay_cancelled', subject: id })
    await tellReplay(tx, id)
  })
  return shown(await readReplay(pool, id))
}

async function visibleReplay(pool: Pool, actor: Actor, id: string): Promise<ReplayRecord> {
  const found = await readReplay(pool, id)
  if (isBoundedToSources(actor) && found.actor.id !== actor.id) throw new CoreError('not_found', 'There is no such replay.')
  return found
}

function shown({ place: _place, actor: _actor, tries: _tries, ...replay }: ReplayRecord): Replay {
  return replay
}
