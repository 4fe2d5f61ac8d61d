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
  for (const { table, statement } of owed) {
    const { rows } = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`public.${table}`])
    if (rows[0]?.there) await db.query(statement)
  }
}

/**
 * What besides messages may have left since the backup. Webhooks are switched off until somebody looks at them: they would go on at a
 * place in a stream that is gone. Rules do not answer what they had not answered yet. The tables may be younger than the backup.
 */
const owed = [
  {
    table: 'webhooks',
    statement: `update webhooks set state = 'disabled', reason = 'missed', cursor = (select value ->> 'cursor' from settings where name = 'live_events_floor') where state = 'active'`,
  },
  { table: 'scheduled_messages', statement: `update scheduled_messages set state = 'held', reason = 'overdue' where state = 'scheduled'` },
  { table: 'webhook_messages', statement: `update webhook_messages set status = 'failed', claim_until = null where status = 'due'` },
  { table: 'rule_firings', statement: `update rule_firings set status = 'skipped', reason = 'too_old', decided_at = now() where status = 'due'` },
] as const

async function put(db: Queryable, name: string, value: string): Promise<void> {
  await db.query(
    `insert into settings (name, value, updated_at) values ($1, $2::jsonb, now()) on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [name, value],
  )
}
