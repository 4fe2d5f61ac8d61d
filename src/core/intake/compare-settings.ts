import { isDeepStrictEqual } from 'node:util'
import type { InboundEvent } from '../connector/event.ts'
import { type EventSummary, summarise } from './event-summary.ts'

/**
 * What other settings make of one delivery. `new`: it gives something that can be applied, or somebody who can be found, where it gave none; `broken`:
 * the reverse; `changed`: a card would show something else.
 */
export type SettingsChange = 'same' | 'changed' | 'new' | 'broken'

export interface Comparison {
  change: SettingsChange
  before: EventSummary[]
  after: EventSummary[]
}

/** Pure. */
export function compareSettings(before: InboundEvent[], after: InboundEvent[]): Comparison {
  const summaries = { before: before.map(summarise), after: after.map(summarise) }
  const [had, has] = [worth(before), worth(after)]
  if (has.events < had.events || has.people < had.people) return { change: 'broken', ...summaries }
  if (has.events > had.events || has.people > had.people) return { change: 'new', ...summaries }
  return { change: isDeepStrictEqual(summaries.before, summaries.after) ? 'same' : 'changed', ...summaries }
}

/** How many events can be applied, and how many of them name somebody by an address. */
function worth(events: InboundEvent[]): { events: number; people: number } {
  const read = events.filter(({ type }) => type !== 'malformed' && type !== 'unsupported')
  return { events: read.length, people: read.filter((event) => 'from' in event && event.from.identities.length > 0).length }
}
