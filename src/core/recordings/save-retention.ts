import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { RetentionRule } from './retention.ts'
import { readRetention, writeRetention } from './retention-store.ts'

/** Replaces all rules. They hold from the next night on: until then a mistake can be taken back. */
export async function saveRetention({ pool }: { pool: Pool }, rules: RetentionRule[], caller: Caller): Promise<RetentionRule[]> {
  return await inTransaction(pool, async (tx) => {
    const before = await readRetention(tx)
    await writeRetention(tx, rules)
    await recordAudit(tx, caller, { action: 'recording_retention.changed', detail: { before, rules } })
    return await readRetention(tx)
  })
}
