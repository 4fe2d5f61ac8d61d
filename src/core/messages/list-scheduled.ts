import { actorId } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { type HeldReason, readScheduled, type ScheduledMessage, selectScheduled } from './scheduled-store.ts'

/** In the outside shape. Times are ISO 8601 UTC. */
export interface ScheduledView {
  id: string
  conversationId: string
  authorId: string | null
  text: string
  subject: string | null
  attachments: number
  sendAt: string
  state: 'scheduled' | 'held'
  reason: HeldReason | null
  detail: string | null
}

/** What waits for its time, or for a decision, over the whole card; the soonest first. */
export async function listScheduled({ pool }: { pool: Pool }, contactId: string): Promise<ScheduledView[]> {
  return (await selectScheduled(pool, contactId)).map(present)
}

/** Undefined when it has left. */
export async function findScheduled({ pool }: { pool: Pool }, id: string): Promise<ScheduledView | undefined> {
  const found = await readScheduled(pool, id)
  return found && present(found)
}

function present({ id, conversationId, author, text, subject, attachmentIds, sendAt, state, reason, detail }: ScheduledMessage): ScheduledView {
  const about = { id, conversationId, authorId: actorId(author), text, subject, attachments: attachmentIds.length }
  return { ...about, sendAt: sendAt.toISOString(), state, reason, detail }
}
