import type { Actor } from '../access/actor.ts'
import { actorId, isRole, systemActor } from '../access/actor.ts'
import { isBoundedToSources } from '../channels/visible-sources.ts'
import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ReplayResult } from '../intake/replay-delivery.ts'
import type { Replay, ReplayFailure, ReplayFilter, ReplayRecord } from './replay.ts'

const columns = `id, filter, status, error, place, total, done, rewritten, added, unchanged, superseded, failed, failures, tries,
  actor_id as "actorId", actor_kind as "actorKind", actor_role as "actorRole", own_clients_only as "ownClientsOnly",
  created_at as "createdAt", finished_at as "finishedAt"`
const busy = `status in ('waiting', 'running')`
const mostFailures = 100

interface Row extends Omit<ReplayRecord, 'actor' | 'createdAt' | 'finishedAt'> {
  actorKind: Actor['kind']
  actorRole: string
  ownClientsOnly: boolean
  createdAt: Date
  finishedAt: Date | null
}

function present({ actorKind: kind, actorRole, ownClientsOnly, createdAt, finishedAt, ...row }: Row): ReplayRecord {
  const role = isRole(actorRole) ? actorRole : 'nobody'
  const actor: Actor = { id: row.actorId ?? systemActor.id, kind, role, ownClientsOnly, name: '' }
  return { ...row, actor, createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
}

export async function insertReplay(db: Queryable, given: { id: string; filter: ReplayFilter; actor: Actor }): Promise<void> {
  const { actor } = given
  await db.query('insert into replays (id, filter, actor_id, actor_kind, actor_role, own_clients_only) values ($1, $2, $3, $4, $5, $6)', [
    given.id,
    JSON.stringify(given.filter),
    actorId(actor),
    actor.kind,
    actor.role,
    actor.ownClientsOnly,
  ])
}

/** Throws `not_found`. */
export async function readReplay(db: Queryable, id: string): Promise<ReplayRecord> {
  const { rows } = await db.query<Row>(`select ${columns} from replays where id = $1`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such replay.')
  return present(found)
}

/** The newest first. Whoever sees only some channels sees only what he asked for himself. */
export async function selectReplays(db: Queryable, seenBy: Actor, limit: number): Promise<ReplayRecord[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from replays where $1 or actor_id is not distinct from $2 order by created_at desc, id desc limit $3`,
    [!isBoundedToSources(seenBy), actorId(seenBy), limit],
  )
  return rows.map(present)
}

/** From now on this worker is at it, and no other. False: it is over. */
export async function claimReplay(db: Queryable, id: string, worker: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update replays set status = 'running', worker = $2, worked_at = now(), tries = tries + 1 where id = $1 and ${busy}`,
    [id, worker],
  )
  return rowCount === 1
}

export async function noteTotal(db: Queryable, id: string, total: number): Promise<void> {
  await db.query('update replays set total = $2, worked_at = now() where id = $1', [id, total])
}

/** One delivery is done. False: it was cancelled, or another worker has taken it over. */
export async function noteReplayed(
  db: Queryable,
  { id, worker }: { id: string; worker: string },
  one: { place: string; result?: ReplayResult; failure?: ReplayFailure },
): Promise<boolean> {
  const { result, failure } = one
  const { rowCount } = await db.query(
    `update replays set place = $3, worked_at = now(), tries = 0, done = done + 1, rewritten = rewritten + $4, added = added + $5,
       unchanged = unchanged + $6, superseded = superseded + $7, failed = failed + $8,
       failures = case when $9::jsonb is not null and jsonb_array_length(failures) < ${mostFailures} then failures || $9::jsonb else failures end
     where id = $1 and worker = $2 and status = 'running'`,
    [
      id,
      worker,
      one.place,
      result?.rewritten ?? 0,
      result?.added ?? 0,
      result?.unchanged ?? 0,
      result?.superseded ?? 0,
      failure ? 1 : 0,
      failure ? JSON.stringify([failure]) : null,
    ],
  )
  return rowCount === 1
}

/** False: it was over already, or (where a worker is named) another one has it. */
export async function endReplay(db: Queryable, id: string, end: { status: Replay['status']; error?: string; worker?: string }): Promise<boolean> {
  const { rowCount } = await db.query(
    `update replays set status = $2, error = $3, finished_at = now() where id = $1 and ${busy} and ($4::uuid is null or worker = $4)`,
    [id, end.status, end.error ?? null, end.worker ?? null],
  )
  return rowCount === 1
}

/** Those that a worker should be at and none has been for `silentMs`. */
export async function selectAbandonedReplays(db: Queryable, silentMs: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from replays where ${busy} and worked_at < now() - $1 * interval '1 millisecond' order by created_at limit 20`,
    [silentMs],
  )
  return rows.map(({ id }) => id)
}
