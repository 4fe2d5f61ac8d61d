import type { InboundEvent } from '../connector/event.ts'

/** What became of an event when it was applied, as far as a replay could change it. */
export interface StandingEvent {
  key: string
  kind: string
  status: string
  entryId: string | null
  subject: string | null
  text: string | null
  html: string | null
  source: unknown
  /** Its author edited the message later: that text stays. */
  isEdited: boolean
}

export interface FieldChange {
  field: 'subject' | 'text' | 'html' | 'source'
  before: unknown
  after: unknown
}

/** `new`: applied for the first time. `changed`: derived content is rewritten. `gone`: the delivery no longer gives it; its entry stays. */
export interface EventChange {
  key: string
  kind: string
  change: 'new' | 'changed' | 'same' | 'gone'
  entryId: string | null
  fields: FieldChange[]
}

/** What a replay would do to each event: those that are read now, in their order, then those that are no longer there. Pure. */
export function compareReading(standing: StandingEvent[], read: InboundEvent[]): EventChange[] {
  const before = new Map(standing.map((event) => [event.key, event]))
  const keys = new Set(read.map((event) => event.key))
  const gone = standing.filter((event) => !keys.has(event.key) && event.status !== 'superseded')
  return [
    ...read.map((event) => compareEvent(before.get(event.key), event)),
    ...gone.map(({ key, kind, entryId }) => ({ key, kind, change: 'gone' as const, entryId, fields: [] })),
  ]
}

/** Applied for the first time by a replay: unknown until now, parked, or superseded before anything came of it. */
export function isFresh(before: Pick<StandingEvent, 'status' | 'entryId'> | undefined): boolean {
  return !before || before.status === 'parked' || (before.status === 'superseded' && before.entryId === null)
}

function compareEvent(before: StandingEvent | undefined, event: InboundEvent): EventChange {
  const { key, type: kind } = event
  if (!before || isFresh(before)) return { key, kind, change: 'new', entryId: null, fields: [] }
  const fields = before.entryId !== null && (event.type === 'message' || event.type === 'form') ? compareFields(before, event) : []
  return { key, kind, change: fields.length > 0 ? 'changed' : 'same', entryId: before.entryId, fields }
}

function compareFields(before: StandingEvent, event: Extract<InboundEvent, { type: 'message' | 'form' }>): FieldChange[] {
  const after = {
    subject: (event.type === 'form' ? event.topic : event.subject)?.slice(0, 1000) ?? null,
    text: before.isEdited ? before.text : event.text,
    html: before.isEdited ? before.html : event.type === 'message' ? (event.html ?? null) : null,
    source: event.source ?? null,
  }
  return (['subject', 'text', 'html', 'source'] as const)
    .filter((field) => canonical(before[field]) !== canonical(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}

/** The same JSON whatever the order of its members. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
