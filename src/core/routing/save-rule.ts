import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { ScopedRule } from './rule.ts'
import { hasSubject, renewDueTimes, writeRule } from './rule-store.ts'

/** Replaces the rule of a scope; those who wait get their new due times. Throws `not_found` for a team or channel that is not there. */
export async function saveRule({ pool }: { pool: Pool }, input: ScopedRule, caller: Caller): Promise<ScopedRule> {
  const { scope, subjectId } = input
  // What is absent must be absent in the database too: a null there would hide the wider rule.
  const rule = Object.fromEntries(Object.entries(input.rule).filter(([, value]) => value !== undefined && value !== null))
  await inTransaction(pool, async (tx) => {
    if (!(await hasSubject(tx, scope, subjectId))) throw new CoreError('not_found')
    await writeRule(tx, { scope, subjectId, rule })
    await renewDueTimes(tx)
    await recordAudit(tx, caller, { action: 'routing.changed', subject: subjectId ?? 'firm', detail: { scope, rule } })
    await appendLiveEvents(tx, [{ type: 'routing.changed', subjectId, payload: { scope, subjectId } }])
  })
  return { scope, subjectId, rule }
}
