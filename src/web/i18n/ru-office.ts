import { ruAudit } from './ru-audit.ts'
import { ruAutomation } from './ru-automation.ts'
import { ruConsent } from './ru-consent.ts'
import { ruConsole } from './ru-console.ts'
import { ruForms } from './ru-forms.ts'
import { ruHealth } from './ru-health.ts'
import { ruImport } from './ru-import.ts'
import { ruIntake } from './ru-intake.ts'
import { ruPeople } from './ru-people.ts'
import { ruPrivacy } from './ru-privacy.ts'
import { ruRecordings } from './ru-recordings.ts'
import { ruRefusals } from './ru-refusals.ts'
import { ruSetUp } from './ru-set-up.ts'
import { ruSharing } from './ru-sharing.ts'
import { ruTables } from './ru-tables.ts'
import { ruToday } from './ru-today.ts'

/** Texts of scenes that are looked at now and then: nothing that rings or waits needs them. */
export const ruOffice = {
  ...ruAudit,
  ...ruPrivacy,
  ...ruConsole,
  ...ruAutomation,
  ...ruConsent,
  ...ruForms,
  ...ruHealth,
  ...ruImport,
  ...ruIntake,
  ...ruPeople,
  ...ruRecordings,
  ...ruRefusals,
  ...ruSetUp,
  ...ruSharing,
  ...ruTables,
  ...ruToday,
}
