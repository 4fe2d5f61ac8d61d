import { enAudit } from './en-audit.ts'
import { enAutomation } from './en-automation.ts'
import { enConsent } from './en-consent.ts'
import { enConsole } from './en-console.ts'
import { enForms } from './en-forms.ts'
import { enHealth } from './en-health.ts'
import { enImport } from './en-import.ts'
import { enIntake } from './en-intake.ts'
import { enPeople } from './en-people.ts'
import { enPrivacy } from './en-privacy.ts'
import { enRecordings } from './en-recordings.ts'
import { enRefusals } from './en-refusals.ts'
import { enSetUp } from './en-set-up.ts'
import { enSharing } from './en-sharing.ts'
import { enTables } from './en-tables.ts'
import { enToday } from './en-today.ts'
import type { ruOffice } from './ru-office.ts'

export const enOffice: typeof ruOffice = {
  ...enAudit,
  ...enPrivacy,
  ...enConsole,
  ...enAutomation,
  ...enConsent,
  ...enForms,
  ...enHealth,
  ...enImport,
  ...enIntake,
  ...enPeople,
  ...enRecordings,
  ...enRefusals,
  ...enSetUp,
  ...enSharing,
  ...enTables,
  ...enToday,
}
