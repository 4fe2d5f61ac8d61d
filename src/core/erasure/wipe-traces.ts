import type { PoolClient } from 'pg'
import type { Pool } from '../database/pool.ts'
import { personalData } from './personal-data.ts'

/** A table up to this size is rewritten within a second, for so long nobody else can use it; a larger one leaves the bytes of deleted rows until new rows overwrite them. */
const mostBytes = 50_000_000
const mostLogFiles = 40

/**
 * Deleted rows lie in the files of the database until something is written over them. Rewrites what is small enough to be locked for a moment,
 * its statistics (which quote values) too, and has the log of changes begin anew. What the server does not allow is left to its own
 * vacuum.
 */
export async function wipeTraces(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`set lock_timeout = '2s'`)
    for (const { table } of personalData) {
      const { rows } = await client.query<{ bytes: string }>('select pg_total_relation_size($1::regclass) as bytes', [`public.${table}`])
      const isSmall = Number(rows[0]?.bytes ?? 0) <= mostBytes
      await client
        .query(`vacuum (analyze${isSmall ? ', full' : ''}) public.${table}`)
        .catch(() => client.query(`vacuum public.${table}`).catch(() => {}))
    }
    await client.query('vacuum (full) pg_statistic').catch(() => {})
    await renewLog(client).catch(() => {})
  } finally {
    await client.query('reset lock_timeout').catch(() => {})
    client.release()
  }
}

/**
 * The files of the write-ahead log are used again with what stood in them: walks once round through all of them, each filled up with zeros, and has
 * old ones removed instead. For a superuser, as the embedded database gives us; elsewhere it is a matter of that server.
 */
async function renewLog(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from pg_ls_waldir()')
  await client.query('alter system set wal_recycle = off')
  try {
    await client.query('select pg_reload_conf()')
    await client.query('checkpoint')
    for (let round = 0; round <= Math.min(rows[0]?.count ?? 0, mostLogFiles); round++) {
      await client.query(`select pg_logical_emit_message(false, 'erasure', '')`)
      await client.query('select pg_switch_wal()')
    }
    await client.query('checkpoint')
  } finally {
    await client.query('alter system reset wal_recycle')
    await client.query('select pg_reload_conf()')
  }
}
