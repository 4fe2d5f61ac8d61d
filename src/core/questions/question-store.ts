import { saveSetting } from '../access/firm-store.ts'
import type { Queryable } from '../database/pool.ts'
import type { QuestionList } from './question.ts'

export async function readQuestions(db: Queryable): Promise<QuestionList[]> {
  const { rows } = await db.query<{ value: QuestionList[] }>(`select value from settings where name = 'call_questions'`)
  return rows[0]?.value ?? []
}

export async function writeQuestions(db: Queryable, lists: QuestionList[]): Promise<void> {
  await saveSetting(db, 'call_questions', lists)
}
