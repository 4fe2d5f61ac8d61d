import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ConversationView } from './conversation.ts'
import { type ConversationFilter, requireConversation, selectConversations } from './conversation-store.ts'
import { presentConversations } from './present-conversation.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Conversations, the latest first. Throws `invalid_cursor`. */
export async function listConversations(
  { pool }: { pool: Pool },
  actor: Actor,
  { cursor, limit, ...filter }: ConversationFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: ConversationView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
  const rows = await selectConversations(pool, actor, filter, { after, limit: limit + 1 })
  const page = toPage(rows, limit, (row) => encodeCursor([row.lastEntryAt.toISOString(), row.id]))
  const items = await presentConversations(
    pool,
    page.items.map((row) => row.id),
  )
  return { items, nextCursor: page.nextCursor }
}

/** Throws `not_found`. */
export async function readConversation({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<ConversationView> {
  await requireConversation(pool, actor, id)
  const [view] = await presentConversations(pool, [id])
  if (!view) throw new CoreError('not_found')
  return view
}
