import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { ContactView } from '../contacts/contact.ts'
import { presentContacts } from '../contacts/present-contact.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { EntryView } from '../timeline/entry.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import type { ConversationView } from './conversation.ts'
import { presentConversations } from './present-conversation.ts'
import { countWaiting, selectWaiting, type WaitingScope } from './waiting-store.ts'

export interface WaitingClient {
  contact: ContactView
  waitingSince: string
  /** Until when he is to be answered first. */
  dueAt: string
  /** Open minutes left until then; less than nothing when it is late. */
  minutesLeft: number
  /** Missed calls that wait to be called back. */
  callIds: string[]
  /** Those in which he waits, the latest first. */
  conversations: ConversationView[]
  /** What he wrote last in the latest of them. */
  lastEntry: EntryView | null
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Everybody who waits for an answer: one row per client over all media, the least time left to the target first. Throws `invalid_cursor`. */
export async function listWaiting(
  { pool }: { pool: Pool },
  actor: Actor,
  input: { scope: WaitingScope; channelId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: WaitingClient[]; nextCursor: string | null; counts: Record<WaitingScope, number> }> {
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, place)
  const rows = await selectWaiting(pool, actor, { scope: input.scope, channelId: input.channelId, after, limit: input.limit + 1 })
  const page = toPage(rows, input.limit, (row) => encodeCursor([row.dueAt.toISOString(), row.itemId]))
  const [contacts, conversations, entries, counts] = await Promise.all([
    presentContacts(
      pool,
      page.items.map((row) => row.cardId),
    ),
    presentConversations(
      pool,
      page.items.flatMap((row) => row.conversationIds),
    ),
    presentEntries(
      pool,
      page.items.flatMap((row) => row.lastEntryId ?? []),
    ),
    countWaiting(pool, actor, input.channelId),
  ])
  const items = page.items.flatMap((row) => {
    const contact = contacts.find((one) => one.id === row.cardId)
    if (!contact) return []
    const own = conversations.filter((one) => row.conversationIds.includes(one.id))
    const lastEntry = entries.find((one) => one.id === row.lastEntryId) ?? null
    const times = { waitingSince: row.waitingSince.toISOString(), dueAt: row.dueAt.toISOString(), minutesLeft: row.minutesLeft }
    return [{ contact, ...times, callIds: row.callIds, conversations: own, lastEntry }]
  })
  return { items, nextCursor: page.nextCursor, counts }
}
