import type { InboundAttachment } from '../../core/connector/event.ts'

/** One field of a submission before anybody knows what it means. */
export interface Entry {
  /** As it came: `fields[tel][value]`, or the label where the vendor tells one. */
  name: string
  /** With dots: `fields.tel.value`. */
  path: string
  /** The vendor's type of the field, lower-cased: `tel`, `email`, `phone_number` … */
  type?: string
  value: string
}

/** The raw delivery is kept whole; these bounds are for what is shown and searched. */
export const limits = { fields: 1000, characters: 1_000_000, depth: 20, files: 100, nameCharacters: 500 }

/** Collects entries within the limits and counts what did not fit. */
export interface Collector {
  entries: Entry[]
  attachments: InboundAttachment[]
  charactersLeft: number
  dropped: number
}

export function newCollector(): Collector {
  return { entries: [], attachments: [], charactersLeft: limits.characters, dropped: 0 }
}

export function addEntry(into: Collector, entry: Entry): void {
  if (into.entries.length >= limits.fields || into.charactersLeft <= 0) {
    into.dropped += 1
    return
  }
  const value = storable(entry.value)
  const kept = value.length > into.charactersLeft ? `${value.slice(0, into.charactersLeft).toWellFormed()}…` : value
  into.charactersLeft -= kept.length
  const name = storable(entry.name).slice(0, limits.nameCharacters).toWellFormed() || 'value'
  into.entries.push({ ...entry, name, path: storable(entry.path), value: kept })
}

/** The entries, and one that says how many more stand in the raw delivery. */
export function finishEntries(from: Collector): Entry[] {
  if (from.dropped === 0) return from.entries
  return [...from.entries, { name: '…', path: '…', value: `${from.dropped} more fields are in the delivery log only` }]
}

/** `a[b][c]` and `a.b.c` → `a.b.c`; `a[]` → `a`. */
export function toPath(name: string): string {
  return name.replaceAll('[]', '').replaceAll('[', '.').replaceAll(']', '').replace(/^\.+/, '')
}

/** PostgreSQL stores neither NUL nor lone surrogates. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}
