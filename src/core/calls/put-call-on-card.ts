import { type Caller, recordAudit } from '../access/audit.ts'
import { announceContacts } from '../contacts/announce-contacts.ts'
import { insertContact } from '../contacts/contact-store.ts'
import { insertLink, lockIdentity } from '../contacts/identity-store.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceLeads } from '../leads/announce-leads.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { announceTasks } from '../tasks/announce-tasks.ts'
import { refreshLastTouch } from '../timeline/move-store.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import { callNews } from './call-news.ts'
import { refreshUnheard } from './call-store.ts'
import { phoneOfCall, selectCandidates } from './candidate-store.ts'
import { conversationFor, moveCall, settleLeft } from './card-store.ts'
import { readCall } from './list-calls.ts'
import type { CallView } from './present-call.ts'

/**
 * Somebody says whose call it is: it stands on that card from now on, and on no other, with its recording, the tasks promised in it and the lead it
 * opened. `contactId` null: a client who is not known yet. Older calls stay where they are. Throws `not_found`; `conflict` for a call between phones of ours.
 */
export async function putCallOnCard({ pool }: { pool: Pool }, id: string, contactId: string | null, caller: Caller): Promise<CallView> {
  return await inTransaction(pool, async (tx) => {
    await tx.query('select from calls where id = $1 for update', [id])
    const call = await readCall({ pool: tx }, caller.actor, id)
    if (call.entryId === null || call.contactId === null) throw new CoreError('conflict', 'A call between phones of ours is on no card.')
    const to = contactId === null ? await newClient(tx, id, caller) : await chosenCard(tx, call, contactId, caller)
    if (to === call.contactId) return call
    const conversationId = await conversationFor(tx, id, to)
    const { leadIds, taskIds } = await moveCall(tx, id, { contactId: to, conversationId, entryId: call.entryId })
    const left = call.conversationId === null || call.conversationId === conversationId ? [] : [call.conversationId]
    for (const one of left) await settleLeft(tx, one)
    await refreshUnheard(tx, [...left, conversationId], { isSilent: true })
    await refreshLastTouch(tx, [call.contactId, to])
    await recordAudit(tx, caller, { action: 'call.moved', subject: id, detail: { fromContactId: call.contactId, toContactId: to } })
    const [entry] = await presentEntries(tx, [call.entryId])
    if (entry)
      await appendLiveEvents(tx, [
        { type: 'entry.changed', contactId: to, conversationId, channelId: call.channelId, subjectId: entry.id, payload: entry },
      ])
    await announceConversations(tx, [...left, conversationId])
    await announceLeads(tx, leadIds)
    await announceTasks(tx, taskIds)
    await announceContacts(tx, [call.contactId, to])
    await appendLiveEvents(tx, await callNews(tx, [id]))
    return await readCall({ pool: tx }, caller.actor, id)
  })
}

/** A card that the actor may see, or one that has the caller's number. */
async function chosenCard(tx: Transaction, call: CallView, contactId: string, { actor }: Caller): Promise<string> {
  const candidates = await selectCandidates(tx, actor, call, await phoneOfCall(tx, call.id))
  return candidates.some((one) => one.contactId === contactId) ? contactId : await requireCard(tx, actor, contactId)
}

async function newClient(tx: Transaction, callId: string, { actor }: Caller): Promise<string> {
  const id = newId()
  const ownerId = actor.ownClientsOnly ? actor.id : null
  await insertContact(tx, { id, name: '', stage: 'lead', ownerId, companyId: null, language: null, fields: {} })
  const phone = await phoneOfCall(tx, callId)
  if (phone !== null) {
    const identityId = await lockIdentity(tx, { kind: 'phone', value: phone })
    await insertLink(tx, { identityId, contactId: id, raw: phone, role: 'household', owning: false })
  }
  await announceContacts(tx, [id], 'contact.created')
  return id
}
