import type { Logger } from '../connector/hub.ts'
import { listen } from '../database/listen.ts'
import type { Pool } from '../database/pool.ts'
import { liveEventsTopic } from '../realtime/append-live-events.ts'
import { deliverNext } from './deliver-webhook.ts'
import { feedWebhooks } from './feed-webhooks.ts'
import { selectReadyWebhooks } from './message-store.ts'
import type { PostDeps } from './post-webhook.ts'

const pollMs = 1_000
const heldBackMs = 30
const mostAtOnce = 8

export interface WebhookWorker {
  close(): Promise<void>
}

/**
 * Queues the live stream for webhooks and delivers what is due, here and in every other process that works: soon after an event, and with a look
 * each second for what was to wait. One slow receiver holds up none but itself.
 */
export async function startWebhooks(deps: PostDeps & { pool: Pool; logger: Logger; databaseUrl: string }): Promise<WebhookWorker> {
  const delivering = new Map<string, Promise<void>>()
  let feeding: Promise<void> | undefined
  let isWanted = false
  let soon: NodeJS.Timeout | undefined
  let isClosed = false

  async function deliverAll(id: string): Promise<void> {
    try {
      while (!isClosed && (await deliverNext(deps, id)));
    } catch (error) {
      deps.logger.warn({ webhookId: id, error: String(error) }, 'a webhook could not be delivered for now')
    }
    delivering.delete(id)
  }

  async function look(): Promise<void> {
    try {
      while (isWanted && !isClosed) {
        isWanted = false
        const fed = await feedWebhooks(deps)
        if (fed === 'more') isWanted = true
        if (fed === 'held') soon = setTimeout(wake, heldBackMs)
      }
      for (const id of await selectReadyWebhooks(deps.pool)) {
        if (!isClosed && !delivering.has(id) && delivering.size < mostAtOnce) delivering.set(id, deliverAll(id))
      }
    } catch (error) {
      deps.logger.warn({ error: String(error) }, 'webhooks could not be fed; they will be again')
    }
    feeding = undefined
  }

  function wake(): void {
    isWanted = true
    if (!isClosed) feeding ??= look()
  }
  const listening = await listen(deps, liveEventsTopic, wake)
  const poll = setInterval(wake, pollMs)
  return {
    async close() {
      isClosed = true
      clearInterval(poll)
      clearTimeout(soon)
      await listening.close()
      await feeding
      await Promise.all(delivering.values())
    },
  }
}
