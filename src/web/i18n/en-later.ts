import { enApproved } from './en-approved.ts'
import { enAutomation } from './en-automation.ts'
import { enCalls } from './en-calls.ts'
import { enConsole } from './en-console.ts'
import { enDates } from './en-dates.ts'
import { enPrivacy } from './en-privacy.ts'
import { enProblems } from './en-problems.ts'
import type { LaterTexts } from './ru-later.ts'

export const enLater: LaterTexts = {
  ...enApproved,
  ...enAutomation,
  ...enCalls,
  ...enConsole,
  ...enDates,
  ...enPrivacy,
  ...enProblems,
}
