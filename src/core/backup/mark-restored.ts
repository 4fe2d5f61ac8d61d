import type { Queryable } from '../database/pool.ts'

/**
 * Says in the database itself that it was restored: before anything is sent, what is still open waits for a person (`guardAgainstRestore`),
 * whatever server it stands on now. Consoles that were open read everything anew: places in the live stream belong to another server.
 */
export async function markRestored(db: Queryable, backupAt: string): Promise<void> {
  await put(db, 'outbox_home', JSON.stringify(`restored from the backup of ${backupAt}`))
  await put(db, 'restored', JSON.stringify({ backupAt, restoredAt: new Date().toISOString() }))
  await db.query(
    `insert into settings (name, value, updated_at)
     values ('live_events_floor', jsonb_build_object('cursor', pg_snapshot_xmax(pg_current_snapshot())::text || '.0'), now())
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
  )
  await db.query('update channels set lease_owner = null, lease_until = null')
}

async function put(db: Queryable, name: string, value: string): Promise<void> {
  await db.query(
    `insert into settings (name, value, updated_at) values ($1, $2::jsonb, now()) on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [name, value],
  )
}
