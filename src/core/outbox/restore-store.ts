import type { Queryable, Transaction } from '../database/pool.ts'
import type { PartError } from './outbox.ts'

/**
 * `home`: which database this is: the cluster's id, its timeline (another after a point-in-time restore or failover), the database's own id.
 * `written`: bytes of write-ahead log that are safe on its disk.
 */
export async function readProgress(db: Queryable): Promise<{ home: string; written: string }> {
  const { rows } = await db.query<{ home: string; written: string }>(
    `select (select system_identifier from pg_control_system()) || '/' || (select timeline_id from pg_control_checkpoint()) || '/' ||
       (select oid from pg_database where datname = current_database()) as home,
       pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::text as written`,
  )
  if (!rows[0]) throw new Error('No answer.')
  return rows[0]
}

/** Writes the home; true when another one stood there. */
export async function swapHome(tx: Transaction, home: string): Promise<boolean> {
  await tx.query(`insert into settings (name, value, updated_at) values ('outbox_home', to_jsonb($1::text), now()) on conflict (name) do nothing`, [
    home,
  ])
  const result = await tx.query(
    `update settings set value = to_jsonb($1::text), updated_at = now() where name = 'outbox_home' and value <> to_jsonb($1::text)`,
    [home],
  )
  return result.rowCount === 1
}

/** Everything that is queued or being sent becomes `unconfirmed`. Returns the messages, in the order to lock them. */
export async function distrustOpenParts(tx: Transaction, error: PartError): Promise<string[]> {
  const { rows } = await tx.query<{ entry_id: string }>(
    `with distrusted as (update outbox set status = 'unconfirmed', error = $1, sending_by = null where status in ('queued', 'sending') returning entry_id)
     select distinct entry_id from distrusted order by entry_id`,
    [JSON.stringify(error)],
  )
  return rows.map((row) => row.entry_id)
}

/**
 * The first queued part of messages that should have left more than an hour ago, on channels that are not paused: the hub was off that
 * long, or its files come from a backup.
 */
export async function readOverdueParts(db: Queryable): Promise<{ id: string; entryId: string }[]> {
  const { rows } = await db.query<{ id: string; entryId: string }>(
    `select part.id, entry_id as "entryId" from outbox part join channels c on c.id = part.channel_id and c.paused_at is null and c.deleted_at is null
     where part.status = 'queued' and next_attempt_at < clock_timestamp() - interval '1 hour'
       and not exists (select from outbox o where o.entry_id = part.entry_id and o.position < part.position and o.status not in ('sent', 'delivered', 'read'))
     order by entry_id, position limit 500`,
  )
  return rows
}

export async function distrustPart(tx: Transaction, id: string, error: PartError): Promise<boolean> {
  const result = await tx.query(
    `update outbox set status = 'unconfirmed', error = $2 where id = $1 and status = 'queued' and next_attempt_at < clock_timestamp() - interval '1 hour'`,
    [id, JSON.stringify(error)],
  )
  return result.rowCount === 1
}
