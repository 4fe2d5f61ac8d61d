import { oc } from '@orpc/contract'
import { z } from 'zod'

const list = z.object({
  teamId: z.uuid().nullable().default(null),
  dialled: z.string().max(100).nullable().default(null).describe('our number; goes before the team'),
  questions: z
    .array(
      z.object({ text: z.string().trim().min(1).max(300), field: z.string().trim().min(1).max(100).describe('of the card, which the answer fills') }),
    )
    .max(30),
})
const lists = z.object({ items: z.array(list).max(200) })

export const questionsContract = {
  list: oc.route({ method: 'GET', path: '/call-questions', summary: 'What is asked in a call: by number, by team, by the firm' }).output(lists),
  save: oc.route({ method: 'PUT', path: '/call-questions', summary: 'All lists anew' }).input(lists).output(lists),
}
