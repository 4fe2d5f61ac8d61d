import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

/** A span of whole days of the firm: the moments where it begins and ends, and its zone (IANA name). */
export interface Span {
  from: Date
  until: Date
  timeZone: string
}

/** First and last day, `YYYY-MM-DD`, both inside. */
export interface Days {
  from: string
  to: string
}

/** What was asked; absent: today. */
export type AskedDays = { [Day in keyof Days]?: Days[Day] | undefined }

/** Longest span, days. */
export const longestSpan = 31

/**
 * A day begins and ends with the firm's clock: one of 23 or 25 hours where the clocks change. `before` is the same weekdays a week (or as many
 * weeks as are needed) earlier, and ends at the same time of day when the span is not over yet. Absent days: today. Throws `invalid_request`.
 */
export async function readSpan(
  db: Queryable,
  timeZone: string,
  asked: AskedDays,
  now = new Date(),
): Promise<{ days: Days; span: Span; before: Span }> {
  const { rows } = await db.query<{ from: Date; until: Date; first: string; last: string; days: number; beforeFrom: Date; beforeUntil: Date }>(
    `with asked as (select coalesce($1::date, $2::date, ($4::timestamptz at time zone $3)::date) as first, coalesce($2::date, $1::date, ($4::timestamptz at time zone $3)::date) as last),
       shifted as (select first, last, last - first + 1 as days, ceil((last - first + 1) / 7.0)::int * 7 as back,
         first::timestamp at time zone $3 as "from", (last + 1)::timestamp at time zone $3 as until from asked)
     select to_char(first, 'YYYY-MM-DD') as first, to_char(last, 'YYYY-MM-DD') as last, days, "from", until, (first - back)::timestamp at time zone $3 as "beforeFrom",
       (least((last + 1)::timestamp, greatest($4::timestamptz at time zone $3, first::timestamp)) - make_interval(days => back)) at time zone $3 as "beforeUntil"
     from shifted`,
    [asked.from ?? null, asked.to ?? null, timeZone, now],
  )
  const [found] = rows
  if (!found || found.days < 1) throw new CoreError('invalid_request', 'The last day lies before the first.')
  if (found.days > longestSpan) throw new CoreError('invalid_request', `Choose at most ${longestSpan} days.`)
  return {
    days: { from: found.first, to: found.last },
    span: { from: found.from, until: found.until, timeZone },
    before: { from: found.beforeFrom, until: found.beforeUntil, timeZone },
  }
}
