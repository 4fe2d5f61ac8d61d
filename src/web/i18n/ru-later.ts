import { ruApproved } from './ru-approved.ts'
import { ruCalls } from './ru-calls.ts'
import { ruDates } from './ru-dates.ts'
import { ruProblems } from './ru-problems.ts'

/** Texts of what is not on the first screen: they come with the first scene that needs them. */
export const ruLater = {
  ...ruApproved,
  ...ruCalls,
  ...ruDates,
  ...ruProblems,
}

export type LaterTexts = typeof ruLater
