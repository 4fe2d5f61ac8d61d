import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { visibleSources } from '../channels/visible-sources.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'

interface RefusalRow {
  id: string
  channelId: string | null
  connector: string
  key: string
  at: Date
  reason: string
  method: string
  headers: Record<string, string>
  body: Buffer
}

/** Those of the last 24 hours, newest first; bodies as text, as far as they are. */
export async function listRefusals(
  { pool }: { pool: Pool },
  filter: { cursor?: string | undefined; limit: number; channelId?: string | undefined; seenBy: Actor },
) {
  const [at, id] = filter.cursor ? decodeCursor(filter.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : [null, null]
  const { rows } = await pool.query<RefusalRow>(
    `select id, channel_id as "channelId", connector, key, at, reason, method, headers, body from refusals
     where at > now() - interval '24 hours' and ($1::timestamptz is null or (at, id) < ($1, $2::uuid)) and ($3::uuid is null or channel_id = $3)
       and (channel_id is null or ${visibleSources(filter.seenBy, 'channel_id')})
     order by at desc, id desc limit $4`,
    [at, id, filter.channelId ?? null, filter.limit + 1],
  )
  const refusals = rows.map((row) => ({ ...row, at: row.at.toISOString(), body: row.body.toString('utf8') }))
  return toPage(refusals, filter.limit, (refusal) => encodeCursor([refusal.at, refusal.id]))
}
