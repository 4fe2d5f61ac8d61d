import { enApproved } from './en-approved.ts'
import { enCalls } from './en-calls.ts'
import { enDates } from './en-dates.ts'
import { enProblems } from './en-problems.ts'
import type { LaterTexts } from './ru-later.ts'

export const enLater: LaterTexts = {
  ...enApproved,
  ...enCalls,
  ...enDates,
  ...enProblems,
}
