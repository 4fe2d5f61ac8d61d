import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { currentCursor } from '../realtime/read-live-events.ts'
import { type EntryPage, filterOf, presentPage } from '../timeline/read-timeline.ts'
import { selectConversationTimeline } from '../timeline/timeline-store.ts'
import { requireConversation } from './conversation-store.ts'

/**
 * A page of a conversation, newest first. `cursor` is the place in the live stream from before the page was read: whoever has read this page has
 * seen everything up to it, and sends it as `lastSeenCursor` with his answer. Throws `not_found`, `invalid_cursor`.
 */
export async function readMessages(
  { pool }: { pool: Pool },
  actor: Actor,
  id: string,
  page: { cursor?: string | undefined; limit: number },
): Promise<EntryPage & { cursor: string }> {
  await requireConversation(pool, actor, id)
  const cursor = await currentCursor(pool)
  const entries = await presentPage(pool, await selectConversationTimeline(pool, id, filterOf(page)), page.limit)
  return { ...entries, cursor }
}
