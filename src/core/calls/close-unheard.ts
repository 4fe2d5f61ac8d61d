import { inTransaction, type Pool } from '../database/pool.ts'
import type { Jobs } from '../jobs/queue.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { callNews } from './call-news.ts'
import { storedCalls } from './call-store.ts'
import { requestName } from './request-name.ts'
import { insertFact } from './request-store.ts'
import { saveCalls } from './save-calls.ts'

const everyMs = 60_000
const silence = '10 minutes'
const most = 200

/** Calls that were asked for and of which the vendor never said a word do not ring for ever: they are over, how is not known. What comes later corrects it. */
export async function closeUnheard(pool: Pool): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string; channelId: string }>(
      `select k.id, k.channel_id as "channelId" from calls k where k.state <> 'ended' and k.direction = 'outbound' and k.started_at < now() - interval '${silence}'
         and not exists (select from call_events f where f.call_id = k.id and f.key <> 'request:' || k.id) and exists (select from call_events f where f.call_id = k.id)
       order by k.id limit ${most} for update of k skip locked`,
    )
    const at = new Date().toISOString()
    for (const { id, channelId } of rows) {
      const name = requestName(id)
      await insertFact(tx, channelId, id, { key: `${name}:unheard`, callId: name, fact: 'ended', at })
    }
    const calls = await storedCalls(
      tx,
      rows.map(({ id, channelId }) => ({ channelId, name: requestName(id) })),
    )
    await saveCalls(tx, calls)
    await appendLiveEvents(
      tx,
      await callNews(
        tx,
        rows.map(({ id }) => id),
      ),
    )
    return rows.length
  })
}

export async function keepClosingUnheard({ pool, jobs }: { pool: Pool; jobs: Jobs }): Promise<void> {
  jobs.define('close-unheard-calls', async () => void (await closeUnheard(pool)))
  await jobs.every('close-unheard-calls', everyMs)
}
