import type { InboundEvent } from '../connector/event.ts'

/** What an event would put on a card, as far as people read it. */
export interface EventSummary {
  kind: string
  name: string | null
  /** Addresses that it could be matched by, as they came. */
  identities: { kind: string; value: string }[]
  subject: string | null
  text: string
  company: string | null
  /** ISO 8601 UTC, where the sender tells it. */
  at: string | null
  fields: { name: string; value: string; as: string | null }[]
  files: string[]
  source: Record<string, string>
  consent: string | null
  /** Why it would not be applied: spam, a test, nothing to read. */
  reason: string | null
}

const mostFields = 200
const longestText = 4000

/** Bounded: what is longer stands in the log. Pure. */
export function summarise(event: InboundEvent): EventSummary {
  const nothing: EventSummary = {
    kind: event.type,
    name: null,
    identities: [],
    subject: null,
    text: '',
    company: null,
    at: event.occurredAt ?? null,
    fields: [],
    files: [],
    source: {},
    consent: null,
    reason: 'reason' in event ? (event.reason ?? null) : null,
  }
  if (event.type !== 'form' && event.type !== 'message') return nothing
  const of = { name: event.from.name ?? null, identities: event.from.identities.map(({ kind, value }) => ({ kind, value })) }
  const files = (event.attachments ?? []).map(({ name }) => name)
  const { utm = {}, page, referrer } = event.source ?? {}
  const source = { ...utm, ...(page !== undefined && { page }), ...(referrer !== undefined && { referrer }) }
  const both = { ...nothing, ...of, files, source, text: event.text.slice(0, longestText), reason: event.spam ?? null }
  if (event.type === 'message') return { ...both, subject: event.subject ?? null }
  return {
    ...both,
    subject: event.topic ?? null,
    company: event.company ?? null,
    fields: event.fields.slice(0, mostFields).map(({ name, value, as }) => ({ name, value: value.slice(0, longestText), as: as ?? null })),
    consent: event.consent?.text ?? null,
    reason: event.test ?? event.spam ?? null,
  }
}
