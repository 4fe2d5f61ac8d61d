import { presentConversations } from '../conversations/present-conversation.ts'
import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { EntryView } from '../timeline/entry.ts'
import { presentEntries } from '../timeline/present-entry.ts'

/** Tells consoles of a new entry and of how its conversation stands now. Returns the entry in the outside shape. */
export async function announceEntry(tx: Transaction, entryId: string, conversationId: string): Promise<EntryView> {
  const [entry] = await presentEntries(tx, [entryId])
  const [conversation] = await presentConversations(tx, [conversationId])
  if (!entry || !conversation) throw new Error('The entry that was just written is not there.')
  const about = { contactId: entry.contactId, conversationId, channelId: entry.channelId }
  await appendLiveEvents(tx, [
    { type: 'entry.created', ...about, subjectId: entryId, payload: entry },
    { type: 'conversation.changed', ...about, subjectId: conversationId, payload: conversation },
  ])
  return entry
}
