import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CursorExpired, type LiveItem, parseCursor } from '../realtime/live-event.ts'
import { currentCursor, isHeldBack, readLiveEvents } from '../realtime/read-live-events.ts'
import { insertMessages } from './message-store.ts'
import { tellWebhookChanged } from './tell-webhook.ts'
import { lockWebhook, moveCursor, selectActiveWebhooks, updateWebhook } from './webhook-store.ts'

const pageSize = 500

/**
 * Queues what is new in the live stream for every active webhook: the messages and the cursor are one commit, so that nothing is passed over
 * and nothing is queued twice, whoever dies. `more`: look again at once; `held`: soon, something hides behind an open transaction.
 */
export async function feedWebhooks({ pool }: { pool: Pool }): Promise<'more' | 'held' | 'done'> {
  let hasMore = false
  const webhooks = await selectActiveWebhooks(pool)
  for (const webhook of webhooks) {
    try {
      const page = await readLiveEvents(pool, { after: webhook.cursor, limit: pageSize })
      if (page.items.length === 0) continue
      await inTransaction(pool, async (tx) => {
        if (!(await moveCursor(tx, webhook.id, webhook.cursor, page.cursor))) return
        const wanted = page.items.filter((item) => webhook.types.some((type) => type === item.type) && !isBackfill(item))
        await insertMessages(
          tx,
          wanted.map((item) => ({
            id: newId(),
            webhookId: webhook.id,
            liveId: parseCursor(item.cursor).id.toString(),
            type: item.type,
            at: item.at,
          })),
        )
      })
      hasMore ||= page.items.length === pageSize
    } catch (error) {
      if (!(error instanceof CursorExpired)) throw error
      await beginAnew(pool, webhook.id)
    }
  }
  if (hasMore) return 'more'
  return webhooks.length > 0 && (await isHeldBack(pool)) ? 'held' : 'done'
}

/** Old mail that was fetched on set-up is no news to anybody. */
function isBackfill(item: LiveItem): boolean {
  return 'extra' in item.payload && (item.payload.extra as { backfill?: boolean } | null)?.backfill === true
}

/** It was away for longer than the live stream is kept: it goes on from now, and says that something was missed. */
async function beginAnew(pool: Pool, id: string): Promise<void> {
  const cursor = await currentCursor(pool)
  await inTransaction(pool, async (tx) => {
    const webhook = await lockWebhook(tx, id)
    await updateWebhook(tx, { ...webhook, cursor, reason: 'missed' })
    await tellWebhookChanged(tx, { ...webhook, reason: 'missed' })
  })
}
