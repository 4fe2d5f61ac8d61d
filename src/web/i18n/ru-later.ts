import { ruApproved } from './ru-approved.ts'
import { ruAutomation } from './ru-automation.ts'
import { ruCalls } from './ru-calls.ts'
import { ruConsole } from './ru-console.ts'
import { ruDates } from './ru-dates.ts'
import { ruPrivacy } from './ru-privacy.ts'
import { ruProblems } from './ru-problems.ts'

/** Texts of what is not on the first screen: they come with the first scene that needs them. */
export const ruLater = {
  ...ruApproved,
  ...ruAutomation,
  ...ruCalls,
  ...ruConsole,
  ...ruDates,
  ...ruPrivacy,
  ...ruProblems,
}

export type LaterTexts = typeof ruLater
