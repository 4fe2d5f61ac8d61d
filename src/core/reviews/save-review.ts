import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { readChecklist } from './checklist-store.ts'
import { itemsFor, type Mark, type ReviewKind, type ReviewView } from './review.ts'
import { readWorker, selectReviews, writeReview } from './review-store.ts'

interface GivenMark {
  itemId: string
  value: 0 | 1 | null
  atSeconds?: number | null | undefined
}

/** Marks a call, a conversation or a card by the checklist of today; marked again, the later marks hold. Throws `not_found`, `invalid_request` for an item that is not on the list. */
export async function saveReview(
  { pool }: { pool: Pool },
  kind: ReviewKind,
  subjectId: string,
  given: readonly GivenMark[],
  caller: Caller,
): Promise<ReviewView> {
  return await inTransaction(pool, async (tx) => {
    const userId = await readWorker(tx, kind, subjectId)
    if (userId === undefined) throw new CoreError('not_found', 'There is nothing to review here.')
    const items = new Map(itemsFor(await readChecklist(tx), kind).map((item) => [item.id, item]))
    const marks = given.map(({ itemId, value, atSeconds = null }): Mark => {
      const item = items.get(itemId)
      if (!item) throw new CoreError('invalid_request', 'The checklist has changed: open it anew.')
      return { itemId, part: item.part, text: item.text, value, atSeconds }
    })
    await writeReview(tx, { kind, subjectId, userId, reviewerId: actorId(caller.actor) ?? caller.actor.id, marks })
    await recordAudit(tx, caller, { action: 'review.saved', subject: subjectId, detail: { kind } })
    const [review] = await selectReviews(tx, { ...caller.actor, role: 'admin' }, { kind, subjectIds: [subjectId] }, { after: undefined, limit: 1 })
    if (!review) throw new CoreError('internal')
    return review
  })
}
