import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceContacts } from './announce-contacts.ts'
import type { ContactView } from './contact.ts'
import { type ContactEditView, presentEdit } from './list-edits.ts'
import { lockLink, lockMerging, markUndone, selectMerge, selectStayingEdits, unlinkCard } from './merge-store.ts'
import { requireCard } from './visible-contacts.ts'

export interface UndoneMerge {
  /** The card that stands by itself again. */
  from: ContactView
  /** The card that showed it. */
  into: ContactView
  /** What people wrote while they were one card: it stays with `into`. */
  edits: ContactEditView[]
}

/**
 * Takes a merge back, on any later day and in any order among several. Nothing but the link changes, so the result equals never having merged.
 * Throws `not_found`, `not_merged`.
 */
export async function undoMerge({ pool }: { pool: Pool }, mergeId: string, caller: Caller): Promise<UndoneMerge> {
  return await inTransaction(pool, async (tx) => {
    await lockMerging(tx)
    const merge = await selectMerge(tx, mergeId)
    await requireCard(tx, caller.actor, merge.fromId)
    if (merge.undoneAt !== null) throw new CoreError('not_merged')
    const link = await lockLink(tx, merge.fromId)
    const edits = await selectStayingEdits(tx, merge)
    await markUndone(tx, mergeId, actorId(caller.actor))
    await unlinkCard(tx, link)
    await recordAudit(tx, caller, { action: 'contact.unmerged', subject: merge.fromId, detail: { mergeId, intoId: merge.intoId } })
    const [from, into] = await announceContacts(tx, [merge.fromId, link.cardId])
    if (!from || !into) throw new CoreError('not_found')
    return { from, into, edits: edits.map(presentEdit) }
  })
}
