import type { Pool } from '../database/pool.ts'
import { personalData } from './personal-data.ts'

/** A table up to this size is rewritten within a moment; a larger one leaves the bytes of deleted rows until new rows overwrite them. */
const mostBytes = 200_000_000

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
    for (let round = 0; round < 2; round++) {
      await client.query('select pg_switch_wal()').catch(() => {})
      await client.query('checkpoint').catch(() => {})
    }
  } finally {
    await client.query('reset lock_timeout').catch(() => {})
    client.release()
  }
}
