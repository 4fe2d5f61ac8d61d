import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'

export interface NewRefusal {
  /** null: no channel has this key. */
  channelId: string | null
  connector: string
  key: string
  reason: string
  method: string
  headers: Record<string, string>
  body: Uint8Array
}

const keptPerChannel = 100
/** Of a refused body, bytes. */
export const bodyKept = 8 * 1024

/** Keeps a refused request for a day: the last 100 per channel, and 100 for keys nobody has. */
export async function insertRefusal(pool: Pool, refusal: NewRefusal): Promise<void> {
  const id = newId()
  await inTransaction(pool, async (tx) => {
    await tx.query(`insert into refusals (id, channel_id, connector, key, reason, method, headers, body) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
      id,
      refusal.channelId,
      refusal.connector,
      `••••${refusal.key.slice(-4)}`,
      refusal.reason,
      refusal.method,
      JSON.stringify(refusal.headers),
      Buffer.from(refusal.body.subarray(0, bodyKept)),
    ])
    await tx.query(
      `delete from refusals where channel_id is not distinct from $1 and (at < now() - interval '24 hours' or id in
       (select id from refusals where channel_id is not distinct from $1 order by at desc, id desc offset ${keptPerChannel}))`,
      [refusal.channelId],
    )
    await appendLiveEvents(tx, [{ type: 'refusal.created', channelId: refusal.channelId, subjectId: id, payload: { id, reason: refusal.reason } }])
  })
}
