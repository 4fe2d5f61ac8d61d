import { ruApproved } from './ru-approved.ts'
import { ruAudit } from './ru-audit.ts'
import { ruAutomation } from './ru-automation.ts'
import { ruCalls } from './ru-calls.ts'
import { ruConsent } from './ru-consent.ts'
import { ruConsole } from './ru-console.ts'
import { ruForms } from './ru-forms.ts'
import { ruHealth } from './ru-health.ts'
import { ruImport } from './ru-import.ts'
import { ruRecordings } from './ru-recordings.ts'

/** Texts of what is not on the first screen: they come with the first scene that needs them. */
export const ruLater = {
  ...ruApproved,
  ...ruAudit,
  ...ruAutomation,
  ...ruCalls,
  ...ruConsent,
  ...ruConsole,
  ...ruForms,
  ...ruHealth,
  ...ruImport,
  ...ruRecordings,
}

export type LaterTexts = typeof ruLater
