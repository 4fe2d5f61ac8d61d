import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { announceContacts } from '../contacts/announce-contacts.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { type ConsentsView, readConsents, setOptOut } from './opt-out-store.ts'

/** What a client told a person: no automatic messages, or again. Throws `not_found`. */
export async function changeOptOut(
  { pool }: { pool: Pool },
  { contactId, isOut }: { contactId: string; isOut: boolean },
  caller: Caller,
): Promise<ConsentsView> {
  return await inTransaction(pool, async (tx) => {
    const cardId = await requireCard(tx, caller.actor, contactId)
    await setOptOut(tx, cardId, isOut, actorId(caller.actor))
    await recordAudit(tx, caller, { action: isOut ? 'contact.opted_out' : 'contact.opted_in', subject: cardId })
    await announceContacts(tx, [cardId])
    return await readConsents(tx, cardId)
  })
}
