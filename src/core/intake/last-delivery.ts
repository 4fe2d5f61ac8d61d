import type { Logger } from '../connector/hub.ts'
import type { Pool } from '../database/pool.ts'
import { inTransaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'

const writeEveryMs = 1000

/** Remembers when each channel received something last, and writes it once a second: one row per channel is no place for every delivery. */
export function keepLastDeliveries({ pool, logger }: { pool: Pool; logger: Logger }): {
  note(channelId: string, at: Date): void
  close(): Promise<void>
} {
  const latest = new Map<string, Date>()

  async function write(): Promise<void> {
    if (latest.size === 0) return
    const noted = [...latest]
    latest.clear()
    await inTransaction(pool, async (tx) => {
      const { rows } = await tx.query<{ id: string; is_first: boolean }>(
        `update channels set last_delivery_at = greatest(channels.last_delivery_at, given.at)
         from unnest($1::uuid[], $2::timestamptz[]) as given(id, at), channels as before
         where channels.id = given.id and before.id = given.id returning channels.id, before.last_delivery_at is null as is_first`,
        [noted.map(([id]) => id), noted.map(([, at]) => at)],
      )
      const first = rows.filter((row) => row.is_first)
      await appendLiveEvents(
        tx,
        first.map(({ id }) => ({ type: 'channel.changed', channelId: id, subjectId: id, payload: { id, firstDelivery: true } })),
      )
    }).catch((error: unknown) => {
      for (const [id, at] of noted) if (!latest.has(id)) latest.set(id, at)
      logger.warn({ error: String(error) }, 'when channels received last could not be written; it will be')
    })
  }

  const timer = setInterval(() => void write(), writeEveryMs)
  return {
    note: (channelId, at) => latest.set(channelId, at),
    async close() {
      clearInterval(timer)
      await write()
    },
  }
}
