import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { QuestionList } from './question.ts'
import { readQuestions, writeQuestions } from './question-store.ts'

/** Replaces all lists of questions; those without a question are left out. */
export async function saveQuestions({ pool }: { pool: Pool }, lists: QuestionList[], caller: Caller): Promise<QuestionList[]> {
  return await inTransaction(pool, async (tx) => {
    await writeQuestions(
      tx,
      lists.filter(({ questions }) => questions.length > 0),
    )
    await recordAudit(tx, caller, { action: 'call_questions.changed', detail: { lists } })
    return await readQuestions(tx)
  })
}
