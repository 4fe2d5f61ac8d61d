import type { Pool, Queryable, Transaction } from '../database/pool.ts'
import type { ChannelRow } from './channel.ts'
import { removeVersions } from './version-store.ts'

const columns = `id, key, connector, media, name, settings, state, state_detail as "stateDetail", paused_at as "pausedAt",
  team_id as "teamId", last_delivery_at as "lastDeliveryAt", created_at as "createdAt"`

/** Every channel that is not deleted, oldest first. */
export async function readChannels(db: Queryable): Promise<ChannelRow[]> {
  const { rows } = await db.query<ChannelRow>(`select ${columns} from channels where deleted_at is null order by created_at, id`)
  return rows
}

export async function readChannel(db: Queryable, id: string): Promise<ChannelRow | undefined> {
  const { rows } = await db.query<ChannelRow>(`select ${columns} from channels where id = $1 and deleted_at is null`, [id])
  return rows[0]
}

/** The same, locked until the transaction ends. */
export async function lockChannel(tx: Transaction, id: string): Promise<ChannelRow | undefined> {
  const { rows } = await tx.query<ChannelRow>(`select ${columns} from channels where id = $1 and deleted_at is null for update`, [id])
  return rows[0]
}

export async function insertChannel(tx: Transaction, row: ChannelRow): Promise<void> {
  await tx.query(
    `insert into channels (id, key, connector, media, name, settings, state, team_id, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [row.id, row.key, row.connector, row.media, row.name, JSON.stringify(row.settings), row.state, row.teamId, row.createdAt],
  )
}

/** Writes what a person may change; a state written by the connection stays unless `state` says otherwise. */
export async function saveChannel(tx: Transaction, row: ChannelRow): Promise<void> {
  await tx.query(
    `update channels set name = $2, settings = $3, team_id = $4, paused_at = $5, state = $6, state_detail = $7, updated_at = now() where id = $1`,
    [
      row.id,
      row.name,
      JSON.stringify(row.settings),
      row.teamId,
      row.pausedAt,
      row.state,
      row.stateDetail === null ? null : JSON.stringify(row.stateDetail),
    ],
  )
}

/** Hides a channel for good; its entries keep naming it. Its key and its sealed values are gone. */
export async function removeChannel(tx: Transaction, id: string): Promise<void> {
  await tx.query(`update channels set deleted_at = now(), settings = '{}', lease_owner = null, lease_until = null where id = $1`, [id])
  await tx.query('delete from channel_state where channel_id = $1', [id])
  await removeVersions(tx, id)
}

/** Gives what was held while the channel was paused to applying. Returns how many. */
export async function releaseHeldDeliveries(tx: Transaction, channelId: string): Promise<number> {
  const result = await tx.query(
    `update deliveries set status = 'received', reason = null, alone_at = null where channel_id = $1 and status = 'held'`,
    [channelId],
  )
  return result.rowCount ?? 0
}

/** The same for whatever a process stored as held just after the pause ended. Returns how many. */
export async function releaseStrandedDeliveries(pool: Pool): Promise<number> {
  const result = await pool.query(
    `update deliveries set status = 'received', reason = null from channels
     where deliveries.status = 'held' and channels.id = deliveries.channel_id and channels.paused_at is null`,
  )
  return result.rowCount ?? 0
}

/** Writes a connection's health when it differs from what is stored; says whether it did. */
export async function saveHealth(db: Queryable, id: string, health: { state: string; detail: object | null }): Promise<boolean> {
  const result = await db.query(
    `update channels set state = $2, state_detail = $3::jsonb, state_at = now()
     where id = $1 and deleted_at is null and (state, state_detail) is distinct from ($2::text, $3::jsonb)`,
    [id, health.state, health.detail === null ? null : JSON.stringify(health.detail)],
  )
  return (result.rowCount ?? 0) > 0
}

/** Tells every process, once the transaction commits, that its channel directory is out of date. */
export async function notifyChannelsChanged(tx: Transaction, id: string): Promise<void> {
  await tx.query(`select pg_notify('channels_changed', $1)`, [id])
}

/** A connector's small sealed values. */
export async function readChannelState(db: Queryable, channelId: string, name: string): Promise<string | undefined> {
  const { rows } = await db.query<{ value: string }>('select value from channel_state where channel_id = $1 and name = $2', [channelId, name])
  return rows[0]?.value
}

/** `value` is sealed already. */
export async function writeChannelState(db: Queryable, channelId: string, name: string, value: string): Promise<void> {
  await db.query(
    `insert into channel_state (channel_id, name, value) values ($1, $2, $3)
     on conflict (channel_id, name) do update set value = excluded.value, updated_at = now()`,
    [channelId, name, value],
  )
}

/**
 * Takes or renews this process's leases on the named channels for `ms` milliseconds; returns the ids it holds now.
 * A lease that another process holds and that has not run out is left alone.
 */
export async function leaseChannels(pool: Pool, owner: string, ids: string[], ms: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `update channels set lease_owner = $1, lease_until = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
     where id = any($2::uuid[]) and deleted_at is null and (lease_owner is null or lease_owner = $1 or lease_until < clock_timestamp())
     returning id`,
    [owner, ids, ms],
  )
  return rows.map((row) => row.id)
}

/** Where one process is all there is: whoever held a lease is dead. */
export async function freeAllLeases(pool: Pool): Promise<void> {
  await pool.query('update channels set lease_owner = null, lease_until = null where lease_owner is not null')
}

export async function releaseLeases(pool: Pool, owner: string, ids: string[]): Promise<void> {
  await pool.query('update channels set lease_owner = null, lease_until = null where lease_owner = $1 and id = any($2::uuid[])', [owner, ids])
}

export interface AuditRow {
  id: string
  actorId: string | null
  actor: string
  action: string
  subject: string
  detail: object
  ip: string | null
}

/** In the transaction of what it tells of. */
export async function insertAudit(tx: Transaction, row: AuditRow): Promise<void> {
  await tx.query('insert into audit (id, actor_id, actor, action, subject, detail, ip) values ($1, $2, $3, $4, $5, $6, $7)', [
    row.id,
    row.actorId,
    row.actor,
    row.action,
    row.subject,
    JSON.stringify(row.detail),
    row.ip,
  ])
}
