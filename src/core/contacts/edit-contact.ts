import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceContacts } from './announce-contacts.ts'
import type { ContactView } from './contact.ts'
import { applyPatch, type ContactPatch, changesOf } from './contact-patch.ts'
import { insertEdits, lockCard, requireTargets, updateContact } from './contact-store.ts'
import { requireCard } from './visible-contacts.ts'

/**
 * Changes a card and keeps the former values. The edit of a merged contact goes to the card that shows it.
 * Throws `not_found`; `invalid_request` when owner or company do not exist.
 */
export async function editContact({ pool }: { pool: Pool }, id: string, patch: ContactPatch, caller: Caller): Promise<ContactView> {
  return await inTransaction(pool, async (tx) => {
    await requireCard(tx, caller.actor, id)
    return await editCard(tx, id, patch, caller)
  })
}

/** The same inside a transaction, rights already checked. */
export async function editCard(tx: Transaction, id: string, patch: ContactPatch, caller: Caller): Promise<ContactView> {
  const card = await lockCard(tx, id)
  await requireTargets(tx, patch)
  const changes = changesOf(card, patch)
  if (changes.length > 0) {
    await updateContact(
      tx,
      applyPatch(card, patch),
      changes.some(({ field }) => field === 'name'),
    )
    const edits = changes.map((change) => ({ id: newId(), ...change }))
    await insertEdits(tx, card.id, actorId(caller.actor), edits)
  }
  const [view] = await announceContacts(tx, [card.id])
  if (!view) throw new CoreError('not_found')
  return view
}
