import type { Entry } from './entries.ts'
import { toE164 } from './phones.ts'
import type { MappedField } from './settings.ts'

const dateOrders = {
  dmy: /^(?<d>\d{1,2})[./-](?<m>\d{1,2})[./-](?<y>\d{4})(?<rest>.*)$/s,
  mdy: /^(?<m>\d{1,2})[./-](?<d>\d{1,2})[./-](?<y>\d{4})(?<rest>.*)$/s,
  ymd: /^(?<y>\d{4})[./-](?<m>\d{1,2})[./-](?<d>\d{1,2})(?<rest>.*)$/s,
}

/** The value as the mapping wants it: a choice in words, a date as ISO 8601 writes it, a phone by its country. What does not fit stays as it came. */
export function transformed(entry: Entry, mapped: MappedField): Entry {
  let value = entry.value
  if (mapped.choices !== undefined) value = inWords(value, mapped.choices)
  if (mapped.date !== undefined) value = asIsoDate(value, mapped.date)
  if (mapped.country !== undefined) value = toE164(value.trim(), mapped.country) ?? value
  return value === entry.value ? entry : { ...entry, value }
}

/** The whole value, or each part of a list of several. */
function inWords(value: string, choices: Record<string, string>): string {
  const words = new Map(Object.entries(choices).map(([key, word]) => [key.trim().toLowerCase(), word]))
  const word = (part: string) => words.get(part.trim().toLowerCase())
  return (
    word(value) ??
    value
      .split(', ')
      .map((part) => word(part) ?? part)
      .join(', ')
  )
}

function asIsoDate(value: string, order: keyof typeof dateOrders): string {
  const { d, m, y, rest } = dateOrders[order].exec(value.trim())?.groups ?? {}
  if (d === undefined || m === undefined || y === undefined) return value
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const read = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day) return value
  return `${day}${(rest ?? '').replace(/^,?\s+(?=\d{1,2}:)/, ' ')}`
}
