import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

const day = z.iso.date().describe('a day of the firm, YYYY-MM-DD')
const reportDays = { from: day.optional().describe('absent: today'), to: day.optional() }
const todayQuery = {
  ...reportDays,
  teamId: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('`none`: what belongs to no team'),
}
export const fact = z.enum([
  'enquiries',
  'begun',
  'answered',
  'settled',
  'unanswered',
  'waiting',
  'late',
  'missed',
  'notCalledBack',
  'newLeads',
  'untouchedLeads',
  'quarantined',
  'answers',
  'taken',
  'closed',
  'notes',
  'logged',
])
/** What narrows the rows of a number; an empty source or topic: those without one, `nobody`: those of no user. */
export const factQuery = {
  ...todayQuery,
  fact,
  source: z.string().max(500).optional().describe('empty: without a source'),
  topic: z.string().max(500).optional().describe('empty: without a topic'),
  hour: z.coerce.number<number>().int().min(0).max(23).optional(),
  userId: z.union([z.uuid(), z.literal('nobody')]).optional(),
}
const minutes = z.number().nullable()
const durations = z
  .object({ key: z.string().nullable(), n: z.number().int(), median: minutes, p90: minutes, openMedian: minutes, openP90: minutes })
  .describe('minutes by the clock; `open…` in business hours')
const words = z.object({ title: z.string(), text: z.string() })
const days = z.object({ from: day, to: day })
const count = z.number().int()
const personLine = z.object({
  userId: z.uuid().nullable().describe('null: done outside the console'),
  name: z.string(),
  counts: z.object({ answers: count, answered: count, taken: count, closed: count, notes: count, logged: count }),
  firstAnswer: durations,
})

export const reportsContract = {
  today: oc
    .route({
      method: 'GET',
      path: '/reports/today',
      summary: 'Enquiries, who waits, first answers, missed calls, leads nobody touched, who did what',
    })
    .input(z.object(todayQuery))
    .output(
      z.object({
        days,
        timeZone: z.string(),
        readAt: time,
        numbers: z.record(fact, count),
        before: z.object({ from: time, until: time, enquiries: count }).describe('the same weekdays before, until the same time of day'),
        sources: z.array(z.object({ source: z.string().nullable(), topic: z.string().nullable(), count })),
        hours: z.array(z.object({ hour: count, count })),
        firstAnswer: z.object({ all: durations, media: z.array(durations) }),
        people: z.array(personLine),
        hasCalls: z.boolean(),
        definitions: z.record(fact, z.object({ ru: words, en: words, version: z.number().int() })),
      }),
    ),
  mine: oc
    .route({ method: 'GET', path: '/reports/mine', summary: 'What I did myself' })
    .input(z.object(reportDays))
    .output(z.object({ days, line: personLine })),
  rows: oc
    .route({ method: 'GET', path: '/reports/rows', summary: 'The rows behind a number: as many as it says' })
    .input(z.object({ ...pageQuery, ...factQuery }))
    .output(
      pageOf(
        z.object({
          id: z.uuid(),
          at: time,
          cardId: z.uuid().nullable(),
          name: z.string(),
          identity: z.object({ kind: z.string(), value: z.string() }).nullable().describe('how the client is reached, for one without a name'),
          medium: z.string().nullable(),
          source: z.string().nullable(),
          sourceRule: z.string().nullable().describe('which rule gave the source: utm, referrer, campaign, address, channel'),
          topic: z.string().nullable(),
          userId: z.uuid().nullable(),
          minutes,
          openMinutes: minutes,
        }),
      ),
    ),
}
