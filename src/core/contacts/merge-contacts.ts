import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceContacts } from './announce-contacts.ts'
import { insertMerge, type Link, linkCard, lockLink, lockMerging } from './merge-store.ts'
import { requireCard } from './visible-contacts.ts'

/**
 * Shows one card as part of another (promise 7). A merge is a link: every row keeps its own contact, traffic goes on to the contact that owns
 * its identity, only `card_id` says what is shown together. Throws `not_found`; `already_merged` when `fromId` is merged into some card already
 * or both are one card; `invalid_request` for a card into itself.
 */
export async function mergeContacts(
  { pool }: { pool: Pool },
  merge: { fromId: string; intoId: string },
  caller: Caller,
): Promise<{ mergeId: string }> {
  if (merge.fromId === merge.intoId) throw new CoreError('invalid_request', 'A card cannot be merged into itself.')
  return await inTransaction(pool, async (tx) => {
    await requireCard(tx, caller.actor, merge.fromId)
    await requireCard(tx, caller.actor, merge.intoId)
    return await linkContacts(tx, merge, caller)
  })
}

/** The same inside a transaction, rights already checked. */
export async function linkContacts(
  tx: Transaction,
  { fromId, intoId }: { fromId: string; intoId: string },
  caller: Caller,
): Promise<{ mergeId: string }> {
  await lockMerging(tx)
  const { from, into } = await lockBoth(tx, fromId, intoId)
  if (from.mergedIntoId !== null || into.cardId === from.cardId) throw new CoreError('already_merged')
  const mergeId = newId()
  await insertMerge(tx, { id: mergeId, fromId, intoId, actorId: actorId(caller.actor) })
  await linkCard(tx, from.id, into)
  await recordAudit(tx, caller, { action: 'contact.merged', subject: fromId, detail: { mergeId, intoId } })
  await announceContacts(tx, [from.id, into.cardId])
  return { mergeId }
}

/** In one order whoever asks, so that no two wait for each other. */
async function lockBoth(tx: Transaction, fromId: string, intoId: string): Promise<{ from: Link; into: Link }> {
  if (fromId < intoId) {
    const from = await lockLink(tx, fromId)
    return { from, into: await lockLink(tx, intoId) }
  }
  const into = await lockLink(tx, intoId)
  return { from: await lockLink(tx, fromId), into }
}
