import { type Caller, recordAudit } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { readChecklist, writeChecklist } from './checklist-store.ts'
import type { Checklist, ReviewKind } from './review.ts'

interface GivenChecklist {
  /** Items that keep their id stay comparable with what was marked before. */
  items: { id?: string | undefined; part: ReviewKind; text: string }[]
  perDay: number
}

/** Replaces the checklist; what was reviewed by the former one keeps its words. */
export async function saveChecklist({ pool }: { pool: Pool }, given: GivenChecklist, caller: Caller): Promise<Checklist> {
  return await inTransaction(pool, async (tx) => {
    const checklist = { perDay: given.perDay, items: given.items.map(({ id, part, text }) => ({ id: id ?? newId(), part, text })) }
    await writeChecklist(tx, checklist)
    await recordAudit(tx, caller, { action: 'checklist.changed', detail: { checklist } })
    return await readChecklist(tx)
  })
}
