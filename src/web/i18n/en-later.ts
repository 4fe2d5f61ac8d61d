import { enApproved } from './en-approved.ts'
import { enAudit } from './en-audit.ts'
import { enAutomation } from './en-automation.ts'
import { enCalls } from './en-calls.ts'
import { enConsent } from './en-consent.ts'
import { enConsole } from './en-console.ts'
import { enForms } from './en-forms.ts'
import { enHealth } from './en-health.ts'
import { enImport } from './en-import.ts'
import { enRecordings } from './en-recordings.ts'
import type { LaterTexts } from './ru-later.ts'

export const enLater: LaterTexts = {
  ...enApproved,
  ...enAudit,
  ...enAutomation,
  ...enCalls,
  ...enConsent,
  ...enConsole,
  ...enForms,
  ...enHealth,
  ...enImport,
  ...enRecordings,
}
