/** Business hours as people type them. */
export type Span = [string, string]

export interface Holiday {
  date: string
  name: string
  open: Span[]
}

const span = /^([01]?\d|2[0-3])[:.]([0-5]\d)\s*[-–—]\s*((?:[01]?\d|2[0-3])[:.][0-5]\d|24[:.]00)$/

/** `09:00-13:00, 14:00-18:00` → spans; empty: closed; undefined: not understood. */
export function readSpans(text: string): Span[] | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim())
  const spans: Span[] = []
  for (const part of parts.filter((one) => one !== '')) {
    const found = span.exec(part)
    if (!found) return undefined
    spans.push([clock(`${found[1]}:${found[2]}`), clock(found[3] ?? '')])
  }
  return spans
}

export function writeSpans(spans: readonly (readonly string[])[]): string {
  return spans.map((one) => one.join('-')).join(', ')
}

/** `2027-01-01 New Year` or `2026-12-31 Eve 09:00-14:00`, one a line. Gives the line that is not understood. */
export function readHolidays(text: string): Holiday[] | { bad: string } {
  const holidays: Holiday[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const found = /^(\d{4}-\d{2}-\d{2})\s*(.*?)\s*((?:\d{1,2}[:.]\d{2}\s*[-–—]\s*\d{1,2}[:.]\d{2}\s*[,;]?\s*)*)$/.exec(line)
    const open = found && readSpans(found[3] ?? '')
    if (!found?.[1] || !open || !isDate(found[1])) return { bad: line }
    holidays.push({ date: found[1], name: found[2] ?? '', open })
  }
  return holidays
}

export function writeHolidays(holidays: readonly Holiday[]): string {
  return holidays.map(({ date, name, open }) => [date, name, writeSpans(open)].filter(Boolean).join(' ')).join('\n')
}

function clock(text: string): string {
  return text.replace('.', ':').padStart(5, '0')
}

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
