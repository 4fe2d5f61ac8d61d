import type { Localised } from './manifest.ts'

/** What can be known from the little that a person has typed. */
export interface Suggestion {
  /** What was recognised, and by what. */
  title: Localised
  /** Settings to fill in where nothing is typed. */
  settings: Record<string, unknown>
  /** What to do at this vendor, in order. */
  steps: Localised[]
  /** The vendor lets people sign in by consent; `title` is its name, `needs` the settings that have to be typed first. */
  consent?: { title: Localised; needs: string[] }
}
