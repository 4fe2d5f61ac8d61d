import { implement } from '@orpc/server'
import { readQuestions } from '../../core/questions/question-store.ts'
import { saveQuestions } from '../../core/questions/save-questions.ts'
import { questionsContract } from '../contract/questions.ts'
import type { ApiContext } from './context.ts'

const os = implement(questionsContract).$context<ApiContext>()

export const questionsRoutes = os.router({
  list: os.list.handler(async ({ context }) => ({ items: await readQuestions(context.deps.pool) })),
  save: os.save.handler(async ({ input, context }) => ({ items: await saveQuestions(context.deps, input.items, context) })),
})
