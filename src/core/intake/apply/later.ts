/** When a change happened, and which it was: the vendor's time as it came (ISO 8601 UTC, empty when it gives none) and the event's key. */
export interface Moment {
  at: string
  key: string
}

const natural = new Intl.Collator('en', { numeric: true })

/**
 * True when `a` happened after `b`. Vendors count in whole seconds, so two changes may share a time: then the key decides, its numbers counted
 * as numbers (vendors number what they send). A total order: whatever arrives first, the same change is the last.
 */
export function isLater(a: Moment, b: Moment): boolean {
  if (a.at !== b.at) return a.at > b.at
  return (natural.compare(a.key, b.key) || (a.key < b.key ? -1 : Number(a.key > b.key))) > 0
}
