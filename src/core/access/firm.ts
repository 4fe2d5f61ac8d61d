import type { Language } from './user.ts'

/** The firm that uses the hub: what set-up asks. */
export interface Firm {
  name: string
  language: Language
  /** IANA name. */
  timeZone: string
  /** ISO 3166-1 alpha-2: how telephone numbers without a country are read. */
  country: string
  /** Which of the two is "the client" here. */
  client: 'contact' | 'company'
}

/** Until set-up asked. */
export const unnamedFirm: Firm = { name: '', language: 'en', timeZone: 'Europe/Moscow', country: 'RU', client: 'contact' }
