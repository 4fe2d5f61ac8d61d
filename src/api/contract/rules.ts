import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

export const firingReason = z.enum([
  'sent',
  'inside_hours',
  'other_source',
  'hours_not_set',
  'machine',
  'backfill',
  'too_old',
  'open_again',
  'answered',
  'opted_out',
  'no_consent',
  'already_sent',
  'too_many_to_client',
  'too_many_to_address',
  'no_way',
  'channel_paused',
  'refused',
  'rule_gone',
  'restored',
])

const fields = {
  name: z.string().trim().min(1).max(100),
  trigger: z.enum(['form', 'closed']).describe('form: a form came; closed: a message came outside business hours'),
  channelId: z.uuid().nullable().describe('where it must have come; null: anywhere'),
  source: z.string().trim().max(200).describe('part of the campaign, UTM value, topic or page it must have come with; empty: any'),
  templateId: z.uuid(),
  sendBy: z.array(z.uuid()).max(20).describe('channels to answer a form by, the preferred first; a message is answered where it came'),
  periodHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 366)
    .describe('at most once per person within so many hours; 0: once for ever'),
  needsConsent: z.boolean().describe('only to who agreed to it in a form'),
}
const ruleFields = z.object(fields)
const rule = ruleFields.extend({
  id: z.uuid(),
  pausedAt: time.nullable(),
  updatedAt: time,
  sent: z.number().int().describe('within seven days'),
  skipped: z.number().int().describe('within seven days'),
})

const firing = z.object({
  id: z.uuid(),
  ruleId: z.uuid(),
  ruleName: z.string(),
  trigger: fields.trigger,
  entryId: z.uuid(),
  contactId: z.uuid().nullable(),
  contactName: z.string(),
  status: z.enum(['due', 'sent', 'skipped']),
  reason: firingReason.nullable(),
  sentEntryId: z.uuid().nullable(),
  sentStatus: z.string().nullable().describe('what became of the message since'),
  at: time,
})

export const rulesContract = {
  list: oc
    .route({ method: 'GET', path: '/rules' })
    .input(z.object({}))
    .output(z.object({ items: z.array(rule) })),
  create: oc.route({ method: 'POST', path: '/rules', successStatus: 201 }).input(ruleFields).output(rule),
  update: oc.route({ method: 'PUT', path: '/rules/{id}', summary: 'Nothing that came before is answered' }).input(byId.extend(fields)).output(rule),
  pause: oc.route({ method: 'POST', path: '/rules/{id}/pause' }).input(byId).output(rule),
  resume: oc.route({ method: 'POST', path: '/rules/{id}/resume', summary: 'What came meanwhile is not answered' }).input(byId).output(rule),
  delete: oc.route({ method: 'DELETE', path: '/rules/{id}' }).input(byId).output(nothing),
  dryRun: oc
    .route({ method: 'POST', path: '/rules/dry-run', summary: 'What this rule would have done with the last seven days; nothing is sent' })
    .input(ruleFields.extend({ name: z.string().max(100).default('') }))
    .output(
      z.object({
        items: z.array(
          z.object({
            entryId: z.uuid(),
            contactId: z.uuid(),
            contactName: z.string(),
            at: time,
            reason: firingReason,
            channelId: z.uuid().nullable(),
            to: z.string().nullable(),
          }),
        ),
        sent: z.number().int(),
        isCut: z.boolean().describe('there was more than was looked at'),
      }),
    ),
  firings: oc
    .route({ method: 'GET', path: '/rule-firings', summary: 'What rules did and why, newest first' })
    .input(z.object({ ...pageQuery, ruleId: z.uuid().optional(), status: z.enum(['due', 'sent', 'skipped']).optional() }))
    .output(pageOf(firing)),
}
