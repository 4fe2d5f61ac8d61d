import { Pool } from 'pg'

/** As from a vendor that keeps the two sides apart and can pause; this one mixes them and cannot. */
export async function dualTracks(databaseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 })
  await pool.query(`update recordings set tracks = '["client", "user"]'`)
  await pool.query(
    `insert into recording_pauses (id, call_id, paused_at, resumed_at) select gen_random_uuid(), id, answered_at + interval '7 s', answered_at + interval '9 s'
     from calls where id in (select call_id from recordings)`,
  )
  await pool.end()
}

/** As if what was recorded had been said two months ago. */
export async function ageCalls(databaseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 })
  await pool.query(`update calls set started_at = started_at - interval '60 days' where id in (select call_id from recordings)`)
  await pool.end()
}
