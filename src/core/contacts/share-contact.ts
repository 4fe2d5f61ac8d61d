import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceContacts } from './announce-contacts.ts'
import { requireTargets } from './contact-store.ts'
import { deleteShares, insertShare, type ShareView, selectShares } from './share-store.ts'
import { requireCard } from './visible-contacts.ts'

interface Deps {
  pool: Pool
}

/** Lets a colleague see one card that is not his. Throws `not_found`; `invalid_request` when there is no such user. */
export async function shareContact({ pool }: Deps, contactId: string, userId: string, caller: Caller): Promise<ShareView[]> {
  return await inTransaction(pool, async (tx) => {
    const cardId = await requireCard(tx, caller.actor, contactId)
    await requireTargets(tx, { ownerId: userId })
    await insertShare(tx, { contactId: cardId, userId, sharedBy: actorId(caller.actor) })
    await recordAudit(tx, caller, { action: 'contact.shared', subject: cardId, detail: { userId } })
    await announceContacts(tx, [cardId])
    return await selectShares(tx, cardId)
  })
}

/** Takes it back. Throws `not_found`. */
export async function revokeShare({ pool }: Deps, contactId: string, userId: string, caller: Caller): Promise<ShareView[]> {
  return await inTransaction(pool, async (tx) => {
    const cardId = await requireCard(tx, caller.actor, contactId)
    if ((await deleteShares(tx, cardId, userId)) === 0) throw new CoreError('not_found', 'The card is not shared with this user.')
    await recordAudit(tx, caller, { action: 'contact.unshared', subject: cardId, detail: { userId } })
    await announceContacts(tx, [cardId])
    return await selectShares(tx, cardId)
  })
}

/** With whom a card is shared. Throws `not_found`. */
export async function listShares({ pool }: Deps, contactId: string, { actor }: Caller): Promise<ShareView[]> {
  return await selectShares(pool, await requireCard(pool, actor, contactId))
}
