import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pageOf, pageQuery } from './page.ts'
import { timeZone } from './settings.ts'
import { time } from './shapes.ts'

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a clock as 09:00')
const span = z.tuple([clock, clock])
const hours = z.object({
  timeZone,
  week: z
    .array(z.array(span).max(5))
    .length(7)
    .describe('Monday first; from and to by the wall clock; 24:00 ends a day, an earlier end is on the next'),
  holidays: z.array(z.object({ date: z.iso.date(), name: z.string().max(100), open: z.array(span).max(5).describe('empty: closed') })).max(400),
})
const minutes = z.number().int().min(0).max(10_000)

const rule = z.object({
  hours: hours.optional().describe('absent everywhere: always open'),
  targetMinutes: minutes.min(1).optional().describe('open minutes until an answer is late; 60 unless said otherwise'),
  sharing: z.enum(['nobody', 'least_loaded', 'round_robin', 'in_order', 'everyone']).optional(),
  ownerFirst: z.boolean().optional(),
  absentMinutes: minutes.optional().describe('open minutes that an absent user keeps whoever waits for him'),
  unreadMinutes: minutes.optional().describe('open minutes in which he looks at what a rule gave him; 0: for ever'),
})
export type RuleShape = z.infer<typeof rule>

const scope = z.enum(['firm', 'team', 'channel'])
const scopedRule = z.object({ scope, subjectId: z.uuid().nullable(), rule })

export const presenceState = z.enum(['available', 'busy', 'away'])
const presence = z.object({ userId: z.uuid(), state: presenceState, chosen: presenceState, since: time })

export const routingContract = {
  rules: oc
    .route({ method: 'GET', path: '/routing/rules', summary: 'What a channel says goes before its team, and that before the firm' })
    .output(z.object({ items: z.array(scopedRule) })),
  save: oc
    .route({ method: 'PUT', path: '/routing/rules/{scope}/{subjectId}', summary: 'Replaces the rule; those who wait get their new due times' })
    .input(z.object({ scope, subjectId: z.union([z.uuid(), z.literal('firm')]).describe('`firm` for the firm'), rule }))
    .output(scopedRule),
  hours: oc
    .route({ method: 'GET', path: '/routing/hours', summary: 'Is it open now, and if not, when again?' })
    .input(z.object({ channelId: z.uuid().optional(), teamId: z.uuid().optional() }))
    .output(z.object({ isOpen: z.boolean(), opensAt: time.nullable().describe('null: not within a year') })),
}

export const presenceContract = {
  list: oc
    .route({ method: 'GET', path: '/presence', summary: 'Who is here; who is not listed is away' })
    .output(z.object({ items: z.array(presence) })),
  choose: oc
    .route({ method: 'PUT', path: '/presence', summary: 'Holds while the user is connected' })
    .input(z.object({ state: presenceState }))
    .output(presence),
}

const untouchedSettings = z.object({
  at: clock.describe('wall clock of the firm'),
  clientDays: z.number().int().min(1).max(3650),
  leadDays: z.number().int().min(1).max(365),
})
const count = z.number().int()

export const untouchedContract = {
  list: oc
    .route({ method: 'GET', path: '/reports/untouched', summary: 'The night’s list of clients and leads whom nobody touched, the longest first' })
    .input(z.object({ ...pageQuery, day: z.iso.date().optional(), kind: z.enum(['client', 'lead']).optional(), ownerId: z.uuid().optional() }))
    .output(
      pageOf(
        z.object({
          kind: z.enum(['client', 'lead']),
          subjectId: z.uuid().describe('the card, or the lead'),
          cardId: z.uuid(),
          name: z.string(),
          topic: z.string().nullable(),
          ownerId: z.uuid().nullable(),
          lastTouchAt: time.describe('of a lead: when we last turned to him, else when it came'),
        }),
      ).extend({ day: z.string().nullable().describe('null: none was made yet'), counts: z.object({ clients: count, leads: count }) }),
    ),
  settings: oc.route({ method: 'GET', path: '/reports/untouched/settings' }).output(untouchedSettings),
  update: oc.route({ method: 'PUT', path: '/reports/untouched/settings' }).input(untouchedSettings).output(untouchedSettings),
}
