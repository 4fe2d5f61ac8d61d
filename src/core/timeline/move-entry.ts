import { type Caller, recordAudit } from '../access/audit.ts'
import { announceContacts } from '../contacts/announce-contacts.ts'
import { giveIdentity } from '../contacts/identity-store.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { announceLeads } from '../leads/announce-leads.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { announceTasks } from '../tasks/announce-tasks.ts'
import type { EntryView } from './entry.ts'
import {
  findByThread,
  joinConversations,
  lockConversation,
  lockEntry,
  moveEntries,
  moveLeads,
  moveTasks,
  refreshLastTouch,
  renameConversation,
} from './move-store.ts'
import { presentEntries } from './present-entry.ts'

export interface EntryMove {
  entryId: string
  toContactId: string
  /** From now on the identity by which it came belongs to the other contact, so that new traffic goes there too. */
  withIdentity: boolean
}

export interface MovedEntry {
  entry: EntryView
  /** Where it was: moving it there again takes the move back. */
  fromContactId: string | null
  moved: { entries: number; leads: number }
}

/**
 * "Wrong match": puts an entry on another card. What belongs together goes together: the rest of its conversation, the leads it opened, and the tasks of these.
 * Throws `not_found`; `conflict` when it is there already.
 */
export async function moveEntry({ pool }: { pool: Pool }, move: EntryMove, caller: Caller): Promise<MovedEntry> {
  return await inRetriedTransaction(pool, async (tx) => {
    await requireCard(tx, caller.actor, move.toContactId)
    const entry = await lockEntry(tx, move.entryId)
    const { contactId: fromId, conversationId } = entry
    if (fromId !== null) await requireCard(tx, caller.actor, fromId)
    if (fromId === move.toContactId) throw new CoreError('conflict', 'The entry is on this card already.')
    const intoConversationId = conversationId === null ? null : await moveConversation(tx, conversationId, fromId, move.toContactId)
    const entryIds = await moveEntries(tx, { entryId: entry.id, conversationId, intoConversationId, fromId, toId: move.toContactId })
    const leadIds = fromId === null ? [] : await moveLeads(tx, { entryIds, fromId, toId: move.toContactId })
    const taskIds = await moveTasks(tx, { entryIds, leadIds, conversationId, intoConversationId, toId: move.toContactId })
    if (move.withIdentity && entry.identityId !== null) await giveIdentity(tx, entry.identityId, move.toContactId)
    await recordAudit(tx, caller, { action: 'entry.moved', subject: entry.id, detail: { fromContactId: fromId, toContactId: move.toContactId } })
    const contactIds = fromId === null ? [move.toContactId] : [fromId, move.toContactId]
    await refreshLastTouch(tx, contactIds)
    const view = await announce(tx, { entryId: entry.id, contactIds, leadIds, taskIds, conversationIds: [conversationId, intoConversationId] })
    return { entry: view, fromContactId: fromId, moved: { entries: entryIds.length, leads: leadIds.length } }
  })
}

/** A conversation of several people stays with its contact when only one of the others is moved. Gives the conversation of the moved entries. */
async function moveConversation(tx: Transaction, id: string, fromId: string | null, toId: string): Promise<string> {
  const conversation = await lockConversation(tx, id)
  if (conversation.contactId !== fromId) return id
  const isOnePerContact = conversation.threadKey === `contact:${fromId}`
  const threadKey = isOnePerContact ? `contact:${toId}` : conversation.threadKey
  const other = isOnePerContact ? await findByThread(tx, conversation.channelId, threadKey) : undefined
  if (other === undefined) {
    await renameConversation(tx, id, toId, threadKey)
    return id
  }
  await joinConversations(tx, id, other)
  return other
}

async function announce(
  tx: Transaction,
  changed: { entryId: string; contactIds: string[]; leadIds: string[]; taskIds: string[]; conversationIds: (string | null)[] },
): Promise<EntryView> {
  const [view] = await presentEntries(tx, [changed.entryId])
  if (!view) throw new CoreError('not_found')
  const { contactId, conversationId, channelId } = view
  await appendLiveEvents(tx, [{ type: 'entry.changed', contactId, conversationId, channelId, subjectId: view.id, payload: view }])
  await announceConversations(tx, [...new Set(changed.conversationIds.filter((id) => id !== null))])
  await announceLeads(tx, changed.leadIds)
  await announceTasks(tx, changed.taskIds)
  await announceContacts(tx, changed.contactIds)
  return view
}
