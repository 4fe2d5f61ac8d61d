import { inTransaction, type Pool } from '../database/pool.ts'
import type { Jobs } from '../jobs/queue.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { callNews } from './call-news.ts'
import { storedCalls } from './call-store.ts'
import { insertFact } from './request-store.ts'
import { saveCalls } from './save-calls.ts'

const everyMs = 60_000
const most = 200

/** How long nothing may be heard of a call in each state: a request of ours without a word, one that rings, waits, is spoken. */
const silences = { asked: '10 minutes', ringing: '1 hour', queued: '3 hours', talking: '12 hours' } as const

/**
 * Calls of which nothing more is heard do not ring for ever: they are over since then, how is not known. What comes later corrects it. Gives how many there were.
 */
export async function closeUnheard(pool: Pool): Promise<number> {
  return await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string; channelId: string; name: string; heardAt: Date }>(
      `select k.id, k.channel_id as "channelId", k.updated_at as "heardAt",
         (select i.external_id from call_ids i where i.call_id = k.id order by i.external_id like 'request:%', i.external_id limit 1) as name
       from calls k where k.state <> 'ended' and exists (select from call_ids i where i.call_id = k.id)
         and (k.updated_at < now() - case k.state when 'ringing' then interval '${silences.ringing}' when 'queued' then interval '${silences.queued}' else interval '${silences.talking}' end
           or (k.direction = 'outbound' and k.started_at < now() - interval '${silences.asked}'
             and exists (select from call_events f where f.call_id = k.id and f.key = 'request:' || k.id)
             and not exists (select from call_events f where f.call_id = k.id and f.key <> 'request:' || k.id)))
       order by k.id limit ${most} for update of k skip locked`,
    )
    for (const { id, channelId, name, heardAt } of rows)
      await insertFact(tx, channelId, id, { key: `unheard:${id}`, callId: name, fact: 'ended', at: heardAt.toISOString() })
    await saveCalls(tx, await storedCalls(tx, rows))
    const news = await callNews(
      tx,
      rows.map(({ id }) => id),
    )
    await appendLiveEvents(tx, news)
    return rows.length
  })
}

export async function keepClosingUnheard({ pool, jobs }: { pool: Pool; jobs: Jobs }): Promise<void> {
  jobs.define('close-unheard-calls', async () => void (await closeUnheard(pool)))
  await jobs.every('close-unheard-calls', everyMs)
}
