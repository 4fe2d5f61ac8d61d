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
   * Rows `id, at, card_id, medium, source, source_rule, topic, user_id, team_id, minutes, open_minutes` of the span $1 ≤ time < $2; $3 is the zone
   * of the firm. `minutes` are by the clock, `open_minutes` in business hours. `needs` may be read: the enquiries of the span that began a wait.
   */
  sql: string
}

/** One row behind a number. */
export interface FactRow {
  id: string
  at: string
  cardId: string | null
  name: string
  /** The first address by which the client is reached: who has no name is called by it. */
  identity: { kind: string; value: string } | null
  medium: string | null
  source: string | null
  /** Which rule gave the source: `utm`, `referrer`, `campaign`, `address`, `channel`; null: there is none. */
  sourceRule: string | null
  topic: string | null
  userId: string | null
  minutes: number | null
  openMinutes: number | null
}

/** The team whose row it is: that of its conversation; of what stands in none, that of the client's latest one. */
export function teamOf(conversationId: string, cardId: string): string {
  return `case when ${conversationId} is not null then (select v.team_id from conversations v where v.id = ${conversationId}) else (
    select v.team_id from contacts m join conversations v on v.contact_id = m.id where m.card_id = ${cardId} order by v.last_entry_at desc, v.id limit 1) end as team_id`
}

/** Columns for what a fact does not say. */
export const nothingSaid = {
  source: `null::text as source, null::text as source_rule, null::text as topic`,
  minutes: `null::float8 as minutes, null::int as open_minutes`,
}
