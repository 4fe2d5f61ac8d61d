import { announceConversations } from '../conversations/announce-conversations.ts'
import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { EntryView } from '../timeline/entry.ts'
import { presentEntries } from '../timeline/present-entry.ts'

/** Tells consoles of a record by hand and of the conversations it touched. Gives the entry in the outside shape. */
export async function announceTouch(
  tx: Transaction,
  id: string,
  type: 'entry.created' | 'entry.changed',
  conversationIds: string[],
): Promise<EntryView> {
  const [view] = await presentEntries(tx, [id])
  if (!view) throw new Error('The entry that was just written is not there.')
  await appendLiveEvents(tx, [{ type, contactId: view.contactId, subjectId: id, payload: view }])
  await announceConversations(tx, [...new Set(conversationIds)])
  return view
}
