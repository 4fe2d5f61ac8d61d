import type { DateOrder } from '../import.ts'

const months = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const numeric = /^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})(?:[\s,T].*)?$/

/** Which way round a date with a slash or dash is written, when it shows that: one of its parts is over 12. A dot always says day first. */
export function orderShown(cell: string): 'dmy' | 'mdy' | undefined {
  const found = numeric.exec(cell.trim())
  if (!found || found[2] === '.') return undefined
  const [first, second] = [Number(found[1]), Number(found[3])]
  if (first > 12 && second <= 12) return 'dmy'
  return second > 12 && first <= 12 ? 'mdy' : undefined
}

export type ReadDate = { date: string } | { fault: 'date_unreadable' | 'date_ambiguous' }

/** A date as `2026-11-22`. `order` is what the whole column shows: in a column of both orders `03/04/2021` could be either, so it is refused. */
export function readDate(cell: string, order: DateOrder): ReadDate {
  const text = cell.trim()
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[\sT].*)?$/.exec(text)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const worded = /^(\d{1,2})[\s.-]+(\p{L}+)\.?[\s.,-]+(\d{4})(?:\s*г\.?(?:ода)?)?$/iu.exec(text)
  if (worded) return dateOf(Number(worded[3]), monthOf(worded[2] ?? ''), Number(worded[1]))
  const found = numeric.exec(text)
  if (!found) return { fault: 'date_unreadable' }
  const [first, second, year] = [Number(found[1]), Number(found[3]), fullYear(Number(found[4]))]
  const shown = found[2] === '.' ? 'dmy' : (orderShown(text) ?? (first === second ? 'dmy' : order))
  if (shown === 'mixed') return { fault: 'date_ambiguous' }
  return shown === 'dmy' ? dateOf(year, second, first) : dateOf(year, first, second)
}

function monthOf(word: string): number {
  const lower = word.toLowerCase()
  const english = englishMonths.findIndex((month) => lower.startsWith(month))
  if (english >= 0) return english + 1
  const exact = months.findIndex((month, index) => index !== 4 && lower.startsWith(month))
  return exact >= 0 ? exact + 1 : /^ма[йя]/.test(lower) ? 5 : 0
}

function fullYear(year: number): number {
  if (year >= 100) return year
  return year > 30 ? 1900 + year : 2000 + year
}

function dateOf(year: number, month: number, day: number): ReadDate {
  const at = new Date(Date.UTC(year, month - 1, day))
  const isReal = year > 0 && at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return isReal ? { date: at.toISOString().slice(0, 10) } : { fault: 'date_unreadable' }
}
