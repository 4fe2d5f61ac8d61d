/** What a number says, in words, for one language. */
export interface Words {
  title: string
  /** What is counted, by which time, and what is left out. */
  text: string
}

/** One number of the reports: its rows as SQL, and the words that define it. The number is the count of the rows, and nothing else. */
export interface Fact {
  ru: Words
  en: Words
  /** Raised when what is counted changes. */
  version: number
  /**
   * Rows `id, at, card_id, medium, source, source_rule, topic, user_id, minutes, open_minutes` of the span $1 ≤ time < $2; $3 is the zone of the
   * firm. `minutes` are by the clock, `open_minutes` in business hours.
   */
  sql: string
}

/** One row behind a number. */
export interface FactRow {
  id: string
  at: string
  cardId: string | null
  name: string
  medium: string | null
  source: string | null
  /** Which rule gave the source: `utm`, `referrer`, `campaign`, `address`, `channel`; null: there is none. */
  sourceRule: string | null
  topic: string | null
  userId: string | null
  minutes: number | null
  openMinutes: number | null
}

/** Columns for what a fact does not say. */
export const nothingSaid = {
  source: `null::text as source, null::text as source_rule, null::text as topic`,
  minutes: `null::float8 as minutes, null::int as open_minutes`,
}
